// Stops before and after each request of each write by JMAP, lines that break there, and requests
// that reach the server twice: done again, it ends where an undisturbed one does, and nothing else
// in the account has changed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/jmap/filing.hpp"
#include "fakes/jmap_account.hpp"
#include "fakes/jmap_model.hpp"
#include "fakes/reason.hpp"
#include "fakes/run_task.hpp"
#include "fakes/stop_at.hpp"

namespace ioud::connectors::jmap {
namespace {

using domain::Box;
using fakes::Ask;
using fakes::JmapModel;
using fakes::reason;
using fakes::Reply;
using fakes::StopAt;
using fakes::Stopped;
using testing::IsEmpty;

std::string mail(const std::string& id, const std::string& text = "Hello") {
  return "From: tom@rep.test\r\nMessage-ID: <" + id + ">\r\n\r\n" + text + "\r\n";
}

/// Box and bytes of each mail: mailboxes joined by "+".
using Held = std::multiset<std::pair<std::string, std::string>>;

Held held(JmapModel& model) {
  Held all;
  const auto mails = model.mails();
  for (const auto& [id, one] : mails) {
    std::string boxes;
    for (const std::string& box : one.boxes) boxes += (boxes.empty() ? "" : "+") + box;
    all.emplace(boxes, one.bytes);
  }
  return all;
}

/// A write, what stands before it, and what of ours is to stand after it.
struct Deed {
  std::string name;
  std::function<void(JmapModel&)> prepare;
  std::function<Task<bool>(Filing&)> act;
  Held ours;
};

void PrintTo(const Deed& deed, std::ostream* out) { *out << deed.name; }

Task<bool> put_draft(Filing& filing) {
  std::string id = "d@ioud";
  std::string bytes = mail("d@ioud");
  auto stored = co_await filing.put(Box::drafts, std::move(id), std::move(bytes));
  if (!stored) co_return tl::unexpected(stored.error());
  co_return !stored->href.empty();
}

/// As the engine does it: with the etag under which the draft was read.
Task<bool> remove_draft(Filing& filing) {
  std::string etag = "drafts." + std::to_string(mail("d@ioud").size());
  auto found = co_await filing.find(Box::drafts, "d@ioud");
  if (!found) co_return tl::unexpected(found.error());
  if (found->href.empty()) co_return true;
  co_return co_await filing.remove(Box::drafts, std::move(found->href), std::move(etag));
}

std::vector<Deed> deeds() {
  const auto draft = [](JmapModel& model) { model.put("dr", mail("d@ioud")); };
  return {
      {"append", [](JmapModel&) {}, put_draft, {{"dr", mail("d@ioud")}}},
      {"append_what_was_thrown_away",
       [](JmapModel& model) { model.put("tr", mail("d@ioud")); },
       put_draft,
       {{"dr+tr", mail("d@ioud")}}},
      {"remove", draft, remove_draft, {}},
      {"remove_what_lies_elsewhere_too",
       [draft](JmapModel& model) {
         draft(model);
         model.add("M5", "ar");
       },
       remove_draft,
       {{"ar", mail("d@ioud")}}},
  };
}

/// Everything that is not ours: the same Message-ID elsewhere, a draft of the rep, other mail.
Held foreign() {
  return {{"in", mail("d@ioud", "quoted by somebody")},
          {"dr", mail("own@rep.test")},
          {"se", mail("x@rep.test")},
          {"ar", mail("xd@ioud")}};
}

class JmapInterrupt : public testing::TestWithParam<std::tuple<Deed, bool>> {
 protected:
  static const Deed& deed() { return std::get<0>(GetParam()); }

  static void prepare(JmapModel& model) {
    // Either it knows the state under which a mail is imported, or it keeps the same bytes once.
    model.imports_by_state = std::get<1>(GetParam());
    if (deed().name == "append") model.tells_existing = !model.imports_by_state;
    for (const auto& [box, bytes] : foreign()) model.put(box, bytes);
    deed().prepare(model);
  }

  /// As a program does it that has just been started; true where it was done.
  static bool act(JmapModel& model, core::Steps* steps = nullptr) {
    Filing filing(fakes::jmap_account(model.url()), {}, steps);
    const auto done = fakes::run(deed().act(filing));
    if (done) {
      EXPECT_TRUE(*done);
    } else {
      EXPECT_TRUE(done.error().fault == core::Fault::transient ||
                  done.error().fault == core::Fault::conflict)
          << reason(done);
    }
    return done.has_value();
  }

  static void expect_the_end(JmapModel& model) {
    EXPECT_TRUE(act(model));
    Held expected = foreign();
    expected.insert(deed().ours.begin(), deed().ours.end());
    EXPECT_EQ(held(model), expected);
    // Once more, and nothing is written.
    const auto count_writes = [&] {
      return model.count("Email/set") + model.count("Email/import") + model.count("POST blob");
    };
    const std::size_t writes = count_writes();
    EXPECT_TRUE(act(model));
    EXPECT_EQ(count_writes(), writes);
  }
};

TEST_P(JmapInterrupt, StopsBeforeAndAfterEachWrite) {
  std::size_t stops = 0;
  for (std::size_t number = 0;; ++number) {
    JmapModel model;
    prepare(model);
    StopAt steps(number);
    bool is_stopped = false;
    try {
      act(model, &steps);
    } catch (const Stopped&) {
      is_stopped = true;
    }
    SCOPED_TRACE(is_stopped ? "stopped at " + steps.steps.back() : "not stopped");
    expect_the_end(model);
    if (!is_stopped) break;
    ++stops;
  }
  EXPECT_GE(stops, deed().name.starts_with("append") ? 4U : 2U);
}

/// What becomes of the k-th request.
enum class Line { request_lost, answer_lost, sent_twice, answer_cut };

TEST_P(JmapInterrupt, LosesEachRequestAndEachAnswer) {
  JmapModel undisturbed;
  prepare(undisturbed);
  ASSERT_TRUE(act(undisturbed));
  const std::size_t requests = undisturbed.requests();
  ASSERT_GE(requests, 4U);
  for (const Line line :
       {Line::request_lost, Line::answer_lost, Line::sent_twice, Line::answer_cut}) {
    for (std::size_t at = 1; at <= requests; ++at) {
      JmapModel model;
      prepare(model);
      std::size_t asked = 0;
      // libcurl sends again what gets no byte of an answer on a line that was used before.
      const auto is_hit = [&] {
        return asked == at || (line != Line::sent_twice && asked == at + 1);
      };
      model.instead = [&](const Ask&) -> std::optional<Reply> {
        ++asked;
        if (is_hit() && line == Line::request_lost) return Reply{.is_dropped = true};
        return std::nullopt;
      };
      model.on_the_way = [&](const Ask&, Reply& reply) {
        if (!is_hit()) return;
        if (line == Line::answer_cut)
          reply.cut_after = reply.body.size() / 2;
        else
          reply.is_dropped = true;
      };
      act(model);
      SCOPED_TRACE("line " + std::to_string(static_cast<int>(line)) + ", request " +
                   std::to_string(at));
      model.instead = nullptr;
      model.on_the_way = nullptr;
      expect_the_end(model);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Each, JmapInterrupt,
                         testing::Combine(testing::ValuesIn(deeds()), testing::Bool()),
                         [](const auto& one) {
                           return std::get<0>(one.param).name +
                                  (std::get<1>(one.param) ? "_by_state" : "_by_bytes");
                         });

}  // namespace
}  // namespace ioud::connectors::jmap
