#pragma once
// Reads what WebDAV servers answer (RFC 4918 13, RFC 6578, RFC 4791) as it arrives: each resource
// is handed over when it is complete, and nothing else is kept. Entities, document types and deep
// nesting are refused, sizes are bounded. Knows no transport and judges no status.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.hpp"

namespace ioud::connectors::dav {

/// One property of a resource, under a name of names.hpp.
struct Property {
  std::string name;
  int status = 200;                ///< of its propstat; 0 where the server gave one nobody can read
  std::string text;                ///< the text directly in it
  std::vector<std::string> names;  ///< elements below it; "C:comp=VEVENT" where one has a name
  std::vector<std::string> hrefs;  ///< texts of the D:href below it, as written
  bool is_too_large = false;       ///< longer than allowed; `text` is empty then

  bool has(std::string_view element) const;
};

struct Resource {
  std::string href;  ///< as written
  int status = 0;    ///< of the resource as a whole; 0 where it has properties instead
  std::vector<Property> properties;
  std::vector<std::string> errors;  ///< names in its D:error

  /// The property of that name if the server gave it (status 2xx); else null.
  const Property* find(std::string_view name) const;
  /// Its text, or "".
  std::string text(std::string_view name) const;
};

/// What stood around the resources.
struct Multistatus {
  std::string root;                 ///< "D:multistatus", "D:error", …
  std::string sync_token;           ///< RFC 6578 6.2, or ""
  std::vector<std::string> errors;  ///< names in a D:error that is the root
  std::size_t resources = 0;
};

struct MultistatusLimits {
  std::size_t property_bytes = 16U << 20U;
  std::size_t resources = 500'000;
  int depth = 40;
};

class MultistatusReader final : public net::BodySink {
 public:
  /// Takes each resource; false ends the reading.
  using Take = std::function<bool(Resource)>;

  explicit MultistatusReader(Take take, MultistatusLimits limits = {});
  ~MultistatusReader() override;
  MultistatusReader(const MultistatusReader&) = delete;
  MultistatusReader& operator=(const MultistatusReader&) = delete;

  /// The next bytes; false where reading cannot go on, and finish() says why.
  bool take(std::string_view bytes) override;
  /// Call it once at the end. Fails with `transient` where the answer is cut off and `protocol`
  /// where it is no XML that a server may send, such as a web page.
  core::Result<Multistatus> finish();

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

/// A whole answer that is in memory.
core::Result<Multistatus> read_multistatus(std::string_view bytes, std::vector<Resource>& resources,
                                           MultistatusLimits limits = {});

}  // namespace ioud::connectors::dav
