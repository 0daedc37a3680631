#pragma once
// A favour the rep notes down in one line (specification 2.7): "favour Meg: bring proofing paper
// tonight 6pm 2h @there". Finds whom it names and what it says; a line that could mean two clients,
// or nobody known, is told apart from a line that is no capture at all.

#include <string>
#include <string_view>
#include <vector>

#include "detection/slots.hpp"
#include "detection/when.hpp"
#include "domain/finding.hpp"

namespace ioud::detection {

/// One way to name somebody: a client's or contact's name, a first name, an address.
struct CaptureName {
  std::string spelling;
  std::string client;   ///< the client's name
  std::string contact;  ///< address, or "" where the spelling names the client as a whole
};

struct Capture {
  enum class Outcome {
    none,    ///< no capture: the line does not begin with the keyword
    unsure,  ///< a capture whose name fits nobody, or more than one client: for the review
    read,
  };
  Outcome outcome = Outcome::none;
  CaptureName whom;     ///< when read
  domain::Slots slots;  ///< when read; at_delivery for "@there"
  std::string ask;      ///< kind named by "#ask KIND", or ""
};

class CaptureReader {
 public:
  explicit CaptureReader(const domain::Catalogue& catalogue);

  /// Reads a title, subject or first line. `made.said` is when the capture was made: words of time
  /// count from there.
  Capture read(std::string_view line, const std::vector<CaptureName>& names,
               const Reckoning& made) const;

 private:
  SlotReader slots_;
  std::vector<std::string> asks_;
};

/// True where the line may be a capture: a cheap test before names are gathered.
bool looks_like_capture(std::string_view line);

}  // namespace ioud::detection
