#include "detection/jsonl.hpp"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/civil_time.hpp"
#include "core/text.hpp"
#include "detection/slots.hpp"
#include "detection/tokens.hpp"

namespace ioud::detection {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

std::string text_of(const Json& row, const char* key) {
  const auto found = row.find(key);
  return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<Context> context_named(std::string_view name) {
  for (const Context context : {Context::mail_sent, Context::mail_received,
                                Context::event_description, Context::notes, Context::transcript}) {
    if (name == detection::name(context)) return context;
  }
  return std::nullopt;
}

std::string_view without_bullet(std::string_view text) {
  static constexpr std::array<std::string_view, 5> bullets{"- ", "* ", "+ ", "\xE2\x80\xA2 ",
                                                           "\xE2\x80\x93 "};
  for (const std::string_view bullet : bullets) {
    if (text.starts_with(bullet)) return core::trimmed(text.substr(bullet.size()));
  }
  return text;
}

struct Spoken {
  std::string_view tag;
  std::string_view rest;
};

// "[10:14] Whitney Adams: tell you what" in its parts.
Spoken spoken(std::string_view text) {
  std::string_view rest = text;
  const bool stamped = rest.starts_with('[') && rest.find(']') != std::string_view::npos;
  if (stamped) rest = core::trimmed(rest.substr(rest.find(']') + 1));
  const std::size_t colon = rest.substr(0, 40).find(':');
  if (colon == std::string_view::npos || colon == 0) return {{}, stamped ? rest : text};
  return {rest.substr(0, colon), core::trimmed(rest.substr(colon + 1))};
}

Author default_author(Context context, std::string_view given) {
  if (given == "rep") return Author::rep;
  if (given == "client") return Author::client;
  if (given == "other") return Author::other;
  return context == Context::mail_received ? Author::client : Author::rep;
}

void read_speaker(Sentence& sentence) {
  if (sentence.context == Context::mail_sent || sentence.context == Context::mail_received) return;
  const Names names(sentence.rep, sentence.client, sentence.client_org);
  const std::string text(without_bullet(sentence.text));
  const Spoken said = spoken(text);
  const TokenKind who = said.tag.empty() ? TokenKind::word : names.speaker(said.tag);
  const bool transcript = sentence.context == Context::transcript;
  if (who == TokenKind::rep || who == TokenKind::client) {
    sentence.author = who == TokenKind::rep ? Author::rep : Author::client;
    sentence.text = said.rest;
  } else if (transcript && !said.tag.empty()) {
    sentence.author = said.tag.starts_with("SPEAKER_00") ? Author::rep : Author::other;
    sentence.text = said.rest;
  } else {
    sentence.text = transcript ? std::string(said.rest) : text;
  }
}

bool is_flagged(domain::Label label) {
  return label == domain::Label::rep_favour || label == domain::Label::client_iou ||
         label == domain::Label::favour_request;
}

OrderedJson slots_of(const Row& row, domain::Label label) {
  static const SlotReader reader(domain::Catalogue::standard());
  // Without a date nothing said about time can be resolved; the words of it
  // still can be quoted.
  const auto date = core::parse_date(row.date);
  const Reckoning base{core::at(date.value_or(core::Date{}), core::TimeOfDay(9, 0)),
                       DateOrder::day_first, std::nullopt};
  const domain::Slots slots = reader.read(row.sentence, label, base);
  OrderedJson out = OrderedJson::object();
  const auto put = [&out](const char* key, const std::string& value) {
    if (!value.empty()) out[key] = value;
  };
  put("what", slots.what);
  put("time_text", slots.time_text);
  if (date) put("time", slots.time_value);
  put("category", slots.category);
  put("ower", label == domain::Label::client_iou ? "client" : "rep");
  put("beneficiary", label == domain::Label::client_iou ? "rep"
                     : slots.beneficiary.empty()        ? "client"
                                                        : slots.beneficiary);
  return out;
}

tl::unexpected<core::Error> refuse(std::size_t line, const std::string& what) {
  return core::fail(core::Fault::rejected, "line " + std::to_string(line), what);
}

}  // namespace

std::optional<domain::Label> label_named(std::string_view name) {
  for (std::size_t i = 0; i < label_count; ++i) {
    const auto label = static_cast<domain::Label>(i);
    if (name == detection::name(label)) return label;
  }
  return std::nullopt;
}

core::Result<Row> read_row(std::string_view line, std::size_t line_number) {
  const Json json = Json::parse(line, nullptr, false);
  if (json.is_discarded() || !json.is_object()) {
    return refuse(line_number, "is not a JSON object; write one object a line");
  }
  if (!json.contains("text") || !json["text"].is_string()) {
    return refuse(line_number, "has no text; give the sentence as \"text\"");
  }
  Row row;
  const std::string context = text_of(json, "context");
  const auto known = context_named(context);
  if (!known && !context.empty()) {
    return refuse(line_number, "has the context \"" +
                                   core::shortened(core::made_utf8(context), 40) +
                                   "\"; use mail_sent, mail_received, event_description, notes "
                                   "or transcript");
  }
  row.id = text_of(json, "id");
  row.date = text_of(json, "date");
  row.batch = text_of(json, "batch");
  row.label = label_named(text_of(json, "label"));
  Sentence& sentence = row.sentence;
  sentence.context = known.value_or(Context::mail_sent);
  sentence.author = default_author(sentence.context, text_of(json, "author"));
  sentence.text = core::trimmed(text_of(json, "text"));
  sentence.rep = text_of(json, "rep");
  sentence.client = text_of(json, "client");
  sentence.client_org = text_of(json, "client_org");
  if (const auto prev = json.find("prev"); prev != json.end() && prev->is_array()) {
    for (const Json& before : *prev) {
      if (before.is_string()) sentence.prev.push_back(before.get<std::string>());
    }
  }
  if (sentence.text.starts_with('>')) sentence.zone = Zone::quoted;
  read_speaker(sentence);
  return row;
}

core::Result<std::string> answer(std::string_view line, std::size_t line_number,
                                 const SentenceScorer& scorer) {
  auto row = read_row(line, line_number);
  if (!row) return tl::unexpected(row.error());
  const Score score = scorer.score(row->sentence);
  OrderedJson out;
  out["id"] = row->id;
  out["label"] = name(score.label);
  out["score"] = std::round(score.probability * 1e4) / 1e4;
  out["slots"] = OrderedJson::object();
  if (is_flagged(score.label)) out["slots"] = slots_of(*row, score.label);
  return out.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace ioud::detection
