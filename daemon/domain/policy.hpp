#pragma once
// Every default of the specification, by the name of its config key: `[policy.TABLE] key` is
// Policy::TABLE.key here. Plain values, no behaviour; connectors/options parses and documents them.

#include <string>
#include <vector>

#include "core/civil_time.hpp"
#include "domain/catalogue.hpp"

namespace ioud::domain {

struct Policy {
  /// Whole behaviours, on or off.
  struct Features {
    bool cadence = true;
    bool referrals = true;
    bool after_sale = true;
    bool planning = true;
    bool occasions = true;
    bool reply_drafts = true;
    bool parity = true;
    bool prep = true;
  } features;

  struct Sources {
    int lookback_days = 400;
  } sources;

  struct Detector {
    double floor = 0.80;
    double review_floor = 0.50;
    double client_iou_floor = 0.50;
    double request_floor = 0.80;
    double request_review_floor = 0.50;
    int negatives = 3;
    int negative_days = 60;
    double delete_weight = 0.5;
    std::string model;           ///< path of a model file; empty: the built-in one
    std::string second_opinion;  ///< URL of chat completions; empty: nobody is asked
    std::string second_opinion_model;
    std::vector<std::string> second_opinion_hosts;  ///< allowed beside this machine
  } detector;

  struct Profile {
    bool allow_sensitive = false;
    int questions = 24;
  } profile;

  struct Occasions {
    int horizon_days = 400;
    std::vector<std::string> alarms = {"-P6DT15H", "PT9H"};
    std::string leap_day = "feb28";                           ///< or "mar1"
    std::vector<std::string> greetings = {"gold", "silver"};  ///< tiers that get a draft
  } occasions;

  struct Trust {
    std::vector<int> delivered = {1, 2, 3};  ///< for size S, M, L
    int on_time = 1;
    int care = 1;
    int repaired = 2;
    int forgiven = 2;
    int expired = 1;
    int late = -2;
    int broken = -3;
    int complaint = -3;
    int ask = -1;
    int declined = -1;
    int half_life_days = 180;
    int block_points = 2;
    int block_days = 14;
  } trust;

  struct Approval {
    int hold_minutes = 10;
    std::string on_accept = "invite";  ///< invite, draft or keep
    core::TimeOfDay quiet_to{8, 0};
    core::TimeOfDay quiet_from{18, 0};
    core::TimeOfDay morning{8, 30};
  } approval;

  struct Hours {
    core::TimeOfDay work_from{9, 0};
    core::TimeOfDay work_to{17, 0};
    core::TimeOfDay sitdown_from{9, 30};
    core::TimeOfDay sitdown_to{16, 30};
    core::TimeOfDay lunch_from{12, 0};
    core::TimeOfDay lunch_to{13, 0};
    core::TimeOfDay friday_to{15, 0};
    core::TimeOfDay client_from{9, 0};
    core::TimeOfDay client_to{17, 0};
    core::TimeOfDay wide_rep_from{7, 0};
    core::TimeOfDay wide_rep_to{19, 0};
    core::TimeOfDay wide_client_from{8, 0};
    core::TimeOfDay wide_client_to{18, 0};
    std::vector<core::Date> holidays;
    std::vector<std::string> holiday_files;  ///< paths of iCalendar files of all-day events
  } hours;

  struct Placement {
    int window_days = 5;
    int wide_window_days = 10;
    int notice_hours = 16;
    int grid_minutes = 15;
    core::TimeOfDay target{10, 0};
    double cost_per_day = 1.0;
    double cost_per_hour = 0.25;
    int buffer_minutes = 10;
    int travel_minutes = 30;
    int visit_travel_minutes = 45;
    int arrival_wait_minutes = 10;
    int at_delivery_minutes = 15;
    core::TimeOfDay at_delivery_to{20, 0};
    int piggyback_minutes = 10;
    int thanks_days = 2;
    int expire_days = 30;
    int banked_days = 1;
    int default_due_days = 2;
    int rolls = 2;
    int freeze_hours = 20;
    int max_moves = 2;
    int settle_minutes = 5;
    core::TimeOfDay daily_pass{6, 0};
  } placement;

  struct Limits {
    int proposals_per_day = 5;
    int sitdowns_per_day = 2;
    int sitdowns_per_week = 5;
    int client_sitdown_days = 7;
    int client_ask_days = 14;
    int messages_per_day = 5;
    int client_message_days = 7;
    int silence_days = 2;
    int second_message_days = 4;
    int offered_days = 7;
    int drafts_per_day = 3;
    int draft_days = 3;
    int unanswered = 3;
    int unanswered_wait_days = 3;
    int unanswered_pause_days = 60;
    int complaint_quiet_days = 2;
    int complaint_pause_days = 14;
    int care_between_asks = 2;
    int nudges_per_week = 3;
    int make_good_days = 1;
    int bundle_minutes = 5;
    int bundle_max_minutes = 30;
  } limits;

  struct Cadence {
    int gold_days = 30;
    int silver_days = 60;
    int bronze_days = 120;
    int prospect_days = 10;
    int former_days = 180;
    core::TimeOfDay nudge_from{15, 30};
    core::TimeOfDay nudge_to{16, 30};
    int nudge_minutes = 15;
    int ahead_days = 7;
    int skip_days = 7;
    std::vector<int> review_talk_days = {91, 182, 365};  ///< gold, silver, bronze
  } cadence;

  struct AfterSale {
    std::vector<int> first = {1, 7, 30, 90};
    int second_days = 14;
    int third_days = 14;
    double lapse_factor = 1.5;
    int reorder_lead_days = 7;
  } after_sale;

  struct Referrals {
    int every_days = 90;
    int per_week = 1;
    int thank_days = 1;
    int follow_days = 2;
    int report_days = 30;
  } referrals;

  struct Planning {
    std::string day = "Friday";
    core::TimeOfDay at{13, 30};
    int minutes = 30;
    int weeks = 4;
    std::string fallback_day = "Monday";
    core::TimeOfDay fallback_at{9, 30};
  } planning;

  struct Prep {
    int lead_minutes = 30;
    int minutes = 10;
    int ahead_days = 7;
    int facts = 3;
  } prep;

  struct Scope {
    int minutes = 60;
    int similar = 3;
    int similar_days = 90;
    std::vector<std::string> kinds = {"help_colleague", "advice", "fix", "paperwork"};
  } scope;

  struct Parity {
    int baseline_days = 90;
    int baseline_replies = 5;
    int default_hours = 4;
    int recent_days = 30;
    int recent_replies = 4;
    double factor = 1.5;
    int hours_worse = 2;
    double touch_share = 0.5;
    int nudge_days = 3;
  } parity;

  struct Privacy {
    std::vector<std::string> never_read;  ///< addresses and domains whose mail is not read
    int excerpt_chars = 160;
    bool seal = true;
    int debug_minutes = 60;
    int excerpt_days = 30;
    int record_months = 24;
    int meter_months = 36;
    std::string forget_file;  ///< addresses, one a line
    bool busy_only = false;
  } privacy;

  Catalogue catalogue = Catalogue::standard();  ///< `[policy.asks.*]`, `[policy.favours.*]`
};

}  // namespace ioud::domain
