#include "connectors/dav/multistatus.hpp"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <algorithm>
#include <optional>

#include "connectors/dav/names.hpp"
#include "core/text.hpp"
#include "net/http.hpp"

namespace ioud::connectors::dav {
namespace {

using core::Fault;

constexpr std::size_t chunk_bytes = 64U << 10U;
constexpr std::size_t most_small_text = 64U << 10U;  ///< of hrefs, statuses and the like

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

char letter_of(std::string_view space) {
  if (space == dav_space) return 'D';
  if (space == caldav_space) return 'C';
  if (space == carddav_space) return 'R';
  if (space == server_space) return 'S';
  return space == apple_space ? 'A' : '?';
}

std::string name_of(const xmlChar* local, const xmlChar* space) {
  std::string name(1, letter_of(view(space)));
  name += ':';
  return name += view(local);
}

}  // namespace

bool Property::has(std::string_view element) const {
  return std::find(names.begin(), names.end(), element) != names.end();
}

const Property* Resource::find(std::string_view name) const {
  const auto found = std::find_if(properties.begin(), properties.end(), [&](const Property& one) {
    return one.name == name && one.status >= 200 && one.status < 300;
  });
  return found == properties.end() ? nullptr : &*found;
}

std::string Resource::text(std::string_view name) const {
  const Property* found = find(name);
  return found == nullptr ? std::string() : found->text;
}

/// libxml2's push parser and the place in the answer that it stands at.
class MultistatusReader::Parser {
 public:
  Parser(Take take, MultistatusLimits limits) : take_(std::move(take)), limits_(limits) {
    xmlSAXHandler events{};
    events.initialized = XML_SAX2_MAGIC;
    events.startElementNs = &Parser::on_start;
    events.endElementNs = &Parser::on_end;
    events.characters = &Parser::on_text;
    events.ignorableWhitespace = &Parser::on_text;
    events.cdataBlock = &Parser::on_text;
    events.internalSubset = &Parser::on_document_type;
    events.serror = &Parser::on_error;
    context_.reset(xmlCreatePushParserCtxt(&events, this, nullptr, 0, nullptr));
    if (context_) xmlCtxtUseOptions(context_.get(), XML_PARSE_NONET | XML_PARSE_HUGE);
  }

  bool take(std::string_view bytes) {
    while (!bytes.empty() && !fault_ && !is_enough_) {
      const std::string_view chunk = bytes.substr(0, chunk_bytes);
      bytes.remove_prefix(chunk.size());
      has_bytes_ = true;
      parse(chunk, false);
    }
    return !fault_ && !is_enough_;
  }

  core::Result<Multistatus> finish() {
    if (is_enough_) return std::move(answer_);
    if (!fault_ && !has_bytes_) refuse(Fault::protocol, "the answer is empty");
    if (!fault_) parse({}, true);
    if (fault_) return tl::unexpected(*fault_);
    return std::move(answer_);
  }

 private:
  struct FreeContext {
    void operator()(xmlParserCtxtPtr context) const { xmlFreeParserCtxt(context); }
  };

  void parse(std::string_view bytes, bool is_end) {
    if (!context_) return refuse(Fault::transient, "no memory for the answer");
    const int code =
        xmlParseChunk(context_.get(), bytes.data(), static_cast<int>(bytes.size()), is_end ? 1 : 0);
    if (code == XML_ERR_OK || fault_ || is_enough_) return;
    if (answer_.root.empty()) {
      return refuse(Fault::protocol,
                    "the answer is no XML, perhaps a web page or a login page; check the address "
                    "of the server");
    }
    if (is_end) return refuse(Fault::transient, "the answer is cut off; it is asked for again");
    refuse(Fault::protocol, "the answer is XML that is not well-formed");
  }

  void refuse(Fault fault, std::string text) {
    if (fault_) return;
    fault_ = core::Error{fault, "", std::move(text), std::nullopt};
    if (context_) xmlStopParser(context_.get());
  }

  void start(const xmlChar* local, const xmlChar* space, int count, const xmlChar** attributes) {
    if (++depth_ > limits_.depth) return refuse(Fault::protocol, "the answer is nested too deep");
    const std::string name = name_of(local, space);
    if (depth_ == 1) return start_root(name);
    if (property_) {
      add_name(name, count, attributes);
      begin_text(name == "D:href" ? Text::property_href : Text::none);
    } else if (in_error_) {
      (resource_ ? resource_->errors : answer_.errors).push_back(name);
    } else if (in_properties_) {
      property_.emplace();
      property_->name = name;
      property_depth_ = depth_;
      begin_text(Text::property);
    } else if (resource_) {
      start_in_resource(name);
    } else if (name == "D:response") {
      if (++answer_.resources > limits_.resources) {
        return refuse(Fault::protocol, "the answer lists more objects than can be");
      }
      resource_.emplace();
    } else if (name == "D:sync-token") {
      begin_text(Text::sync_token);
    }
  }

  void start_root(const std::string& name) {
    answer_.root = name;
    if (name == "D:error") in_error_ = true;
    if (core::ascii_lower(name).ends_with(":html")) {
      refuse(Fault::protocol,
             "the answer is a web page, perhaps a login page; check the address of the server");
    }
  }

  void start_in_resource(const std::string& name) {
    if (name == "D:href") begin_text(Text::href);
    if (name == "D:status") begin_text(Text::status);
    if (name == "D:error") in_error_ = true;
    if (name == "D:prop") in_properties_ = true;
    if (name == "D:propstat") propstat_begin_ = resource_->properties.size();
  }

  void add_name(const std::string& name, int count, const xmlChar** attributes) {
    constexpr std::size_t most_names = 1000;
    if (property_->names.size() >= most_names) return;
    property_->names.push_back(name);
    for (int i = 0; i < count; ++i) {
      const xmlChar** attribute = attributes + std::ptrdiff_t{5} * i;
      if (view(attribute[0]) != "name") continue;
      const auto size = static_cast<std::size_t>(attribute[4] - attribute[3]);
      property_->names.push_back(name + "=" + std::string(view(attribute[3]).substr(0, size)));
    }
  }

  void end(const xmlChar* local, const xmlChar* space) {
    const std::string name = name_of(local, space);
    end_text();
    if (property_ && depth_ == property_depth_) {
      resource_->properties.push_back(std::move(*property_));
      property_.reset();
    } else if (!property_ && name == "D:prop") {
      in_properties_ = false;
    } else if (!property_ && name == "D:error") {
      in_error_ = false;
    } else if (!property_ && name == "D:propstat") {
      end_propstat();
    } else if (!property_ && name == "D:response" && resource_) {
      Resource whole = std::move(*resource_);
      resource_.reset();
      if (!take_(std::move(whole))) {
        is_enough_ = true;
        xmlStopParser(context_.get());
      }
    }
    --depth_;
  }

  /// The status of a propstat may stand before or after its properties.
  void end_propstat() {
    if (!resource_ || !propstat_status_) return;
    auto& properties = resource_->properties;
    for (std::size_t i = propstat_begin_; i < properties.size(); ++i) {
      properties[i].status = *propstat_status_;
    }
    propstat_status_.reset();
    propstat_begin_ = npos;
  }

  enum class Text { none, href, status, sync_token, property, property_href };

  void begin_text(Text kind) {
    text_kind_ = kind;
    if (kind != Text::property) text_.clear();
  }

  void add_text(std::string_view piece) {
    if (text_kind_ == Text::none) return;
    if (text_kind_ != Text::property) {
      if (text_.size() + piece.size() > most_small_text) {
        return refuse(Fault::protocol, "a name in the answer is too long");
      }
      text_ += piece;
      return;
    }
    if (property_->is_too_large) return;
    if (property_->text.size() + piece.size() > limits_.property_bytes) {
      property_->is_too_large = true;
      property_->text = {};
      return;
    }
    property_->text += piece;
  }

  void end_text() {
    const std::string text(core::trimmed(text_));
    switch (text_kind_) {
      case Text::href:
        resource_->href = text;
        break;
      case Text::status:
        if (propstat_begin_ != npos) {
          propstat_status_ = net::status_in(text);
        } else {
          resource_->status = net::status_in(text);
        }
        break;
      case Text::sync_token:
        answer_.sync_token = text;
        break;
      case Text::property_href:
        property_->hrefs.push_back(text);
        break;
      case Text::none:
      case Text::property:
        break;
    }
    // Text of the property goes on after an element in it.
    text_kind_ = property_ && depth_ > property_depth_ ? Text::property : Text::none;
  }

  static Parser& self(void* parser) { return *static_cast<Parser*>(parser); }
  static void on_start(void* parser, const xmlChar* local, const xmlChar*, const xmlChar* space,
                       int, const xmlChar**, int count, int, const xmlChar** attributes) {
    if (!self(parser).fault_) self(parser).start(local, space, count, attributes);
  }
  static void on_end(void* parser, const xmlChar* local, const xmlChar*, const xmlChar* space) {
    if (!self(parser).fault_) self(parser).end(local, space);
  }
  static void on_text(void* parser, const xmlChar* text, int size) {
    if (self(parser).fault_) return;
    self(parser).add_text({reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)});
  }
  static void on_document_type(void* parser, const xmlChar* name, const xmlChar*, const xmlChar*) {
    const bool is_page = core::iequals(view(name), "html");
    self(parser).refuse(Fault::protocol,
                        is_page ? "the answer is a web page, perhaps a login page; check the "
                                  "address of the server"
                                : "the answer declares a document type, which no server may do");
  }
  static void on_error(void*, xmlErrorPtr) {}  // what xmlParseChunk returns says enough

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  Take take_;
  MultistatusLimits limits_;
  std::unique_ptr<xmlParserCtxt, FreeContext> context_;
  Multistatus answer_;
  std::optional<core::Error> fault_;
  std::optional<Resource> resource_;
  std::optional<Property> property_;
  std::optional<int> propstat_status_;
  std::size_t propstat_begin_ = npos;
  std::string text_;
  Text text_kind_ = Text::none;
  int depth_ = 0;
  int property_depth_ = 0;
  bool in_properties_ = false;
  bool in_error_ = false;
  bool has_bytes_ = false;
  bool is_enough_ = false;
};

MultistatusReader::MultistatusReader(Take take, MultistatusLimits limits)
    : parser_(std::make_unique<Parser>(std::move(take), limits)) {}

MultistatusReader::~MultistatusReader() = default;

bool MultistatusReader::take(std::string_view bytes) { return parser_->take(bytes); }

core::Result<Multistatus> MultistatusReader::finish() { return parser_->finish(); }

core::Result<Multistatus> read_multistatus(std::string_view bytes, std::vector<Resource>& resources,
                                           MultistatusLimits limits) {
  MultistatusReader reader(
      [&resources](Resource one) {
        resources.push_back(std::move(one));
        return true;
      },
      limits);
  reader.take(bytes);
  return reader.finish();
}

}  // namespace ioud::connectors::dav
