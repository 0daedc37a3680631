// Stops at every durable step of every write: what is left is the old state or the new one, and
// doing it again ends in the new one with nothing beside it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/local/outbox.hpp"
#include "connectors/local/vdir.hpp"
#include "fakes/approved.hpp"
#include "fakes/stop_at.hpp"
#include "fakes/temporary_folder.hpp"

namespace ioud::connectors::local {
namespace {

using fakes::StopAt;
using fakes::Stopped;
using fakes::TemporaryFolder;

std::string event(const std::string& summary) {
  return "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:iou-1@ioud\r\nSUMMARY:" + summary +
         "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

Vdir calendar(const TemporaryFolder& files, core::Steps* steps) {
  Vdir::Settings settings;
  settings.folder = files.path() / "c";
  settings.is_writable = true;
  settings.may_be_missing = true;
  return Vdir(settings, steps);
}

Maildir mailbox(const TemporaryFolder& files, core::Steps* steps) {
  Maildir::Settings settings;
  settings.folder = files.path() / "mail";
  return Maildir(settings, steps);
}

/// The bytes of each object that others see; a bad or odd one shows as such.
std::vector<std::string> visible(const TemporaryFolder& files) {
  const auto changes = calendar(files, nullptr).pull({});
  if (!changes) return {"fault"};
  std::vector<std::string> all;
  for (const Item& item : changes->seen) all.push_back(item.bytes);
  for (const ItemFault& bad : changes->bad) all.push_back("bad " + bad.href);
  return all;
}

std::vector<std::string> visible_mail(const TemporaryFolder& files) {
  const auto changes = mailbox(files, nullptr).pull({}, {}, {});
  if (!changes) return {"fault"};
  std::vector<std::string> all;
  for (const MailItem& item : changes->seen) all.push_back(item.bytes);
  return all;
}

/// Calls `once` with a stop at each step in turn and `after_stop` after each; gives the number of
/// stops.
template <class Prepare, class Once, class AfterStop>
std::size_t stop_everywhere(Prepare prepare, Once once, AfterStop after_stop) {
  for (std::size_t number = 0;; ++number) {
    const TemporaryFolder files;
    prepare(files);
    StopAt steps(number);
    try {
      once(files, &steps);
      return number;
    } catch (const Stopped&) {
      SCOPED_TRACE("stopped at " + steps.steps.back());
      after_stop(files);
    }
  }
}

TEST(Interrupt, CreatingAnEvent) {
  const std::size_t stops = stop_everywhere(
      [](const TemporaryFolder&) {},
      [](const TemporaryFolder& files, core::Steps* steps) {
        Vdir vdir = calendar(files, steps);
        ASSERT_TRUE(vdir.put({"", "iou-1@ioud", "", "", event("new")}));
        ASSERT_TRUE(vdir.settle());
      },
      [](const TemporaryFolder& files) {
        const auto left = visible(files);
        EXPECT_TRUE(left.empty() || left == std::vector{event("new")});
        const auto again = calendar(files, nullptr).put({"", "iou-1@ioud", "", "", event("new")});
        EXPECT_EQ(again.has_value(), left.empty());
        if (!again) {
          EXPECT_EQ(again.error().fault, core::Fault::conflict);
        }
        EXPECT_EQ(visible(files), std::vector{event("new")});
      });
  EXPECT_EQ(stops, 10U);
}

TEST(Interrupt, ChangingAnEvent) {
  const std::size_t stops = stop_everywhere(
      [](const TemporaryFolder& files) { files.write("c/A003-edited.ics", event("old")); },
      [](const TemporaryFolder& files, core::Steps* steps) {
        const Item item = calendar(files, nullptr).pull({})->seen.front();
        Vdir vdir = calendar(files, steps);
        ASSERT_TRUE(vdir.put({"", "iou-1@ioud", item.href, item.etag, event("new")}));
        ASSERT_TRUE(vdir.settle());
      },
      [](const TemporaryFolder& files) {
        const Item left = calendar(files, nullptr).pull({})->seen.front();
        EXPECT_TRUE(left.bytes == event("old") || left.bytes == event("new"));
        EXPECT_TRUE(calendar(files, nullptr)
                        .put({"", "iou-1@ioud", left.href, left.etag, event("new")})
                        .has_value());
        EXPECT_EQ(visible(files), std::vector{event("new")});
      });
  EXPECT_EQ(stops, 6U);
}

TEST(Interrupt, RemovingAnEvent) {
  const std::size_t stops = stop_everywhere(
      [](const TemporaryFolder& files) { files.write("c/iou-1@ioud.ics", event("old")); },
      [](const TemporaryFolder& files, core::Steps* steps) {
        const Item item = calendar(files, nullptr).pull({})->seen.front();
        Vdir vdir = calendar(files, steps);
        ASSERT_TRUE(vdir.remove(item.href, item.etag));
        ASSERT_TRUE(vdir.settle());
      },
      [](const TemporaryFolder& files) {
        const auto left = calendar(files, nullptr).pull({});
        const std::string etag = left->seen.empty() ? "1-2-3" : left->seen.front().etag;
        EXPECT_TRUE(calendar(files, nullptr).remove("iou-1@ioud.ics", etag).has_value());
        EXPECT_TRUE(visible(files).empty());
      });
  EXPECT_EQ(stops, 4U);
}

TEST(Interrupt, AppendingADraft) {
  const std::size_t stops = stop_everywhere(
      [](const TemporaryFolder& files) { fs::create_directories(files.path() / "mail/cur"); },
      [](const TemporaryFolder& files, core::Steps* steps) {
        ASSERT_TRUE(mailbox(files, steps).append_draft("d-1@ioud", "Subject: x"));
      },
      [](const TemporaryFolder& files) {
        const auto left = visible_mail(files);
        EXPECT_TRUE(left.empty() || left == std::vector<std::string>{"Subject: x"});
        EXPECT_TRUE(mailbox(files, nullptr).append_draft("d-1@ioud", "Subject: x").has_value());
        EXPECT_EQ(visible_mail(files), std::vector<std::string>{"Subject: x"});
      });
  EXPECT_GE(stops, 10U);
}

TEST(Interrupt, SendingAMessage) {
  const auto message = [] { return ApprovedMessageMaker::make("inv-1@ioud", "Subject: y"); };
  const std::size_t stops = stop_everywhere(
      [](const TemporaryFolder& files) { fs::create_directories(files.path() / "mail/cur"); },
      [&](const TemporaryFolder& files, core::Steps* steps) {
        Maildir mail = mailbox(files, steps);
        ASSERT_TRUE(Outbox(files.path() / "outbox", &mail, steps).send(message()));
      },
      [&](const TemporaryFolder& files) {
        Maildir mail = mailbox(files, nullptr);
        Outbox outbox(files.path() / "outbox", &mail, nullptr);
        EXPECT_TRUE(outbox.has_sent("inv-1@ioud").has_value());
        EXPECT_TRUE(outbox.send(message()).has_value());
        EXPECT_TRUE(outbox.has_sent("inv-1@ioud").value());
        EXPECT_EQ(files.names("outbox").size(), 1U);
        EXPECT_EQ(visible_mail(files), std::vector<std::string>{"Subject: y"});
      });
  EXPECT_GE(stops, 16U);
}

TEST(Interrupt, ATemporaryFileThatWasLeftIsNoItem) {
  const TemporaryFolder files;
  files.write("c/.ioud-abcdef.tmp", event("half"));
  files.write("mail/.Drafts/cur/.ioud-abcdef.tmp", "Subject: half");
  EXPECT_TRUE(visible(files).empty());
  EXPECT_TRUE(visible_mail(files).empty());
}

TEST(Interrupt, ATemporaryFileThatWasLeftGoesWithTheNextWrite) {
  const TemporaryFolder files;
  files.write("c/.ioud-abcdef.tmp", event("half"));
  files.write("c/.ioud-mine.tmp", "not ours");
  files.write("c/a.ics.tmp", "not ours");
  ASSERT_TRUE(calendar(files, nullptr).put({"", "iou-1@ioud", "", "", event("new")}));
  EXPECT_THAT(files.names("c"),
              testing::ElementsAre(".ioud-mine.tmp", "a.ics.tmp", "iou-1@ioud.ics"));
}

}  // namespace
}  // namespace ioud::connectors::local
