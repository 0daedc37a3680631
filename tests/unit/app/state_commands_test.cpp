// Commands over a state directory: what was learned is shown, carried away and forgotten.

#include "app/state_commands.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "fakes/kept_log.hpp"
#include "fakes/sample_config.hpp"
#include "fakes/temporary_folder.hpp"
#include "sample_ledger.hpp"
#include "store/sqlite_ledger.hpp"

namespace ioud::app {
namespace {

using testing::HasSubstr;

const std::string config = fakes::sample_config(fakes::disk_of_proposals);

class LearningCommand : public testing::Test {
 protected:
  LearningCommand() {
    folder_.write("ioud.toml", config);
    for (int day = 0; day < 3; ++day) keep("look" + std::to_string(day), "advice", day, 1);
    keep("bring", "errand", 0, -1);
  }

  void keep(const std::string& id, const std::string& kind, int day, double weight) {
    auto store = store::open_ledger({folder_.path() / "state", {}}, steps_).value();
    const domain::Ledger before = store->load().value();
    domain::Ledger after = before;
    const core::Instant at = instant("2026-03-01T15:00:00Z") + std::chrono::days{day};
    after.verdicts[id] = {id, "hash-of-" + kind, kind, "Acme Press", weight, at};
    EXPECT_TRUE(store->commit(before, after, {}));
  }

  std::string learned(bool json = false, bool reset = false) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    const ExitCode code = learning({folder_.path() / "ioud.toml", "", "", clock_, log_, steps_},
                                   json, reset, {in, out, err});
    EXPECT_EQ(code, ExitCode::ok) << err.str();
    return out.str();
  }

  fakes::TemporaryFolder folder_;
  net::FrozenClock clock_{instant("2026-03-04T20:25:00Z")};
  fakes::KeptLog log_;
  core::NoSteps steps_;
};

TEST_F(LearningCommand, SaysWhatGoesToTheReview) {
  EXPECT_EQ(learned(),
            "Acme Press, advice: 3 answers, last Tue 3 Mar 2026 09:00; now in the review only\n"
            "Acme Press, errand: 1 answer, last Sun 1 Mar 2026 09:00; shown in the calendar\n");
}

TEST_F(LearningCommand, IsCarriedAwayAsCounters) {
  const std::string text = learned(true);
  EXPECT_THAT(text, HasSubstr("\"shape\": \"hash-of-advice\""));
  EXPECT_THAT(text, HasSubstr("\"negatives\": 3.0"));
  EXPECT_THAT(text, HasSubstr("\"last\": \"2026-03-03T09:00:00-06:00\""));
}

TEST_F(LearningCommand, IsForgottenOnceAndForAll) {
  EXPECT_EQ(learned(false, true), "forgotten: 4 answers\n");
  EXPECT_EQ(learned(), "no answers yet\n");
  EXPECT_EQ(learned(false, true), "forgotten: 0 answers\n");
}

}  // namespace
}  // namespace ioud::app
