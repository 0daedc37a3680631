#include "domain/catalogue.hpp"

namespace ioud::domain {

const char* name(Size size) {
  switch (size) {
    case Size::S: return "S";
    case Size::M: return "M";
    case Size::L: return "L";
  }
  return "S";
}

Catalogue Catalogue::standard() {
  Catalogue c;
  const auto favour = [&c](const char* kind, std::vector<std::string> words, int minutes, Size size,
                           std::vector<std::string> asks, bool banked_first = false) {
    c.favours[kind] = {std::move(words), minutes, size, std::move(asks), banked_first, true};
  };
  favour("errand",
         {"drop off", "drop", "bring", "pick up", "fetch", "collect", "get it to you", "get",
          "drive over", "run over", "deliver", "take over", "swing by", "carry"},
         120, Size::L, {"ordering_schedule", "introductions", "network", "next_order", "feedback"});
  favour("rush", {"squeeze in", "after hours"}, 90, Size::L,
         {"ordering_schedule", "introductions", "network", "feedback"});
  favour("help_colleague",
         {"walk through", "get up to speed", "train", "call her", "call him", "call them", "show",
          "teach", "coach", "talk to"},
         30, Size::S, {"feedback"}, true);
  favour("advice",
         {"run the numbers", "run", "look over", "go through", "check", "review", "proofread",
          "read through", "look at", "look into"},
         60, Size::M, {"testimonial", "next_order", "network", "feedback"});
  favour("sourcing", {"find", "track down", "call around", "chase", "hunt down", "source"}, 45,
         Size::M, {"network", "next_order", "feedback"});
  favour("loan", {"lend", "leave you one", "leave", "try it", "loan", "borrow"}, 15, Size::S,
         {"feedback"});
  favour("fix", {"patch", "sort", "fix", "repair", "mend"}, 60, Size::M,
         {"second_product", "next_order", "feedback"});
  favour("paperwork", {"fill in", "fill out", "draft", "prepare", "write up", "put together"}, 45,
         Size::M, {"decision_maker", "next_order", "feedback"});
  favour("introduction", {"put you in touch", "introduce", "connect you"}, 20, Size::M,
         {"introduction_back", "feedback"});
  favour("schedule_bend", {"move my", "wait for you", "stay late", "come in early", "stay on"}, 30,
         Size::S, {"feedback"}, true);

  c.asks["introductions"] = {Size::L, 20, "introductions", {"customer"},
                             {"delivery", "no_complaint"}, 90, "",
                             {"If you had my job, who would you ring first?",
                              "Who in your trade has the same trouble?",
                              "May I say that you sent me?"}};
  c.asks["network"] = {Size::M, 10, "who else could use this", {"customer"}, {"referral_given"}, 60,
                       "", {"Who else do you know that could use this?"}};
  c.asks["ordering_schedule"] = {Size::M, 30, "ordering schedule", {}, {"two_rushes"}, 180, "",
                                 {"What do you use in a month?", "Which day suits a standing order?"}};
  c.asks["testimonial"] = {Size::L, 15, "a few words from you", {},
                           {"two_deliveries_or_third_purchase"}, 365, "",
                           {"Would you say in two sentences what it changed for you?"}};
  c.asks["second_product"] = {Size::M, 30, "set-up review", {"customer"}, {"care_since_delivery"},
                              90, "", {"What around it still costs you time?"}};
  c.asks["next_order"] = {Size::M, 20, "next steps", {"customer"}, {}, 90, "",
                          {"What is next on your list?"}};
  c.asks["decision_maker"] = {Size::M, 30, "meeting your team", {"prospect", "customer"}, {}, 60,
                              "", {"Who else has a say in this?"}};
  c.asks["feedback"] = {Size::S, 15, "your view", {}, {}, 60, "",
                        {"What went well, and what should I do differently?"}};
  c.asks["introduction_back"] = {Size::S, 10, "one name", {}, {}, 60, "",
                                 {"Who is one person I should know?"}};
  return c;
}

}  // namespace ioud::domain
