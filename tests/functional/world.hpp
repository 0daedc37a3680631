#pragma once
// A rep's whole world in a temporary folder: calendars, cards, mailbox, outbox and state, with
// everybody who acts on it beside ioud. The engine in it is the real one, with the real store and
// the local connector; only the hour is given. Every pass opens everything anew.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "core/step.hpp"
#include "engine/engine.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::functional {

/// What lies in the world after a story: a line for each thing, sorted, so that a difference reads
/// well and anything that is there twice shows.
using Picture = std::vector<std::string>;

/// The lines that only one of two pictures has, "- " before those of the first and "+ " before
/// those of the second; "" where they are the same.
std::string difference(const Picture& expected, const Picture& found);

class World {
 public:
  /// `features` are on beside favours and their sit-downs ("parity", "planning", …); `policy` is
  /// more of the config, such as "[policy.approval]\n…".
  explicit World(const std::vector<std::string>& features = {}, const std::string& policy = "");

  /// One pass at that instant, all opened anew. A failure is a test failure; what a step throws
  /// goes on to the caller.
  engine::PassReport pass(core::Instant at, core::Steps& steps);

  /// The card of that contact gets further lines, each with its line end.
  void add_to_card(const std::string& address, const std::string& lines);
  void mail_from(const std::string& address, const std::string& id, const std::string& date,
                 const std::string& text, const std::string& answers = "");
  void mail_to(const std::string& address, const std::string& id, const std::string& date,
               const std::string& text, const std::string& answers = "");
  /// `more` are further lines of the event, each with its line end.
  void meeting(const std::string& name, const std::string& start, const std::string& end,
               const std::string& title, const std::string& more = "");
  /// The rep answers the one sit-down that stands: ACCEPTED, DECLINED, TENTATIVE.
  void answer_sitdown(const std::string& partstat);
  /// The rep drags the one sit-down to another hour of the same zone ("20260312T140000").
  void drag_sitdown(const std::string& start, const std::string& end);
  void delete_meeting();
  /// The rep writes a word before the title of the client meeting.
  void say_on_meeting(const std::string& word);
  /// The rep writes a place on the client meeting.
  void place_meeting(const std::string& place);
  /// The rep sends the one draft that stands.
  void send_draft();
  /// The client's program answers the newest invitation.
  void client_answers(const std::string& address, const std::string& date,
                      const std::string& partstat);

  /// Everything: events by UID, drafts and mail by Message-ID, the ledger row by row. Names of
  /// files and versions of objects are left out, for they are nobody's business.
  Picture picture() const;
  /// Every file outside the state directory, byte for byte.
  std::map<std::string, std::string> files() const;
  /// Keeps everything as it stands now, to come back to any number of times. Folders and untouched
  /// files stay the very same ones, so that nobody takes the world for another one.
  void remember();
  void come_back();

  /// The messages that left, by their bytes.
  std::vector<std::string> outbox() const;
  std::size_t open_intents() const;
  /// The cache is gone, as after a crash of its disk.
  void lose_cache() const { std::filesystem::remove_all(root() / "state" / "cache"); }
  const std::filesystem::path& root() const { return folder_.path(); }

 private:
  /// The one file of a calendar that holds `uid`, with the lines unfolded.
  std::pair<std::string, std::string> event_of(const std::string& calendar,
                                               const std::string& uid) const;
  void put_mail(const std::string& folder, const std::string& id, const std::string& from,
                const std::string& to, const std::string& date, const std::string& more,
                const std::string& text);

  void put_file(const std::string& path, const std::string& bytes) const;

  fakes::TemporaryFolder folder_;
  fakes::TemporaryFolder remembered_;
};

/// An empty ledger with its salt, made once a process: two worlds that begin with it can be
/// compared row by row.
const std::string& empty_ledger();

}  // namespace ioud::functional
