#include "domain/catalogue.hpp"

namespace ioud::domain {

const char* name(Size size) {
  switch (size) {
    case Size::S:
      return "S";
    case Size::M:
      return "M";
    case Size::L:
      return "L";
  }
  return "S";
}

Catalogue Catalogue::standard() {
  Catalogue c;
  const auto favour = [&c](const char* kind, std::vector<std::string> words, int minutes, Size size,
                           std::vector<std::string> asks, bool banked_first = false) {
    c.favours[kind] = {std::move(words), minutes, size, std::move(asks), banked_first, true};
  };
  favour("errand", {"drop off",     "drop",          "bring",      "pick up",    "fetch",
                    "collect",      "get it to you", "get to you", "get",        "grab",
                    "drive over",   "run over",      "run round",  "run across", "run up",
                    "run out",      "run to you",    "deliver",    "take over",  "take round",
                    "take down",    "take back",     "take to",    "swing by",   "pop round",
                    "nip over",     "carry",         "haul",       "ferry",      "bike over",
                    "hand over",    "hand deliver",  "courier",    "overnight",  "ship",
                    "post",         "mail",          "drop round", "leave at",   "throw on truck",
                    "stick in van", "buy for you",   "move",       "tow",        "shuttle",
                    "drive",        "express"},
         120, Size::L, {"ordering_schedule", "introductions", "network", "next_order", "feedback"});
  favour("rush", {"squeeze in", "squeeze it in", "after hours", "out of hours"}, 90, Size::L,
         {"ordering_schedule", "introductions", "network", "feedback"});
  favour("help_colleague",
         {"walk through",
          "talk through",
          "run them through",
          "run her through",
          "run him through",
          "take her through",
          "take him through",
          "take them through",
          "take team through",
          "get up to speed",
          "bring up to speed",
          "train",
          "call her",
          "call him",
          "call them",
          "phone her",
          "phone him",
          "ring her",
          "ring him",
          "show how",
          "show",
          "teach",
          "coach",
          "talk to",
          "speak to",
          "sit down with her",
          "sit with",
          "explain",
          "guide",
          "shadow",
          "mentor",
          "hold her hand",
          "hold his hand",
          "onboard",
          "refresher",
          "help out",
          "dial in"},
         30, Size::S, {"feedback"}, true);
  favour("advice",
         {"run the numbers",
          "run the figures",
          "run the calculation",
          "run a report",
          "crunch",
          "look over",
          "look at",
          "look into",
          "look through",
          "have a look",
          "take a look",
          "go through",
          "go over",
          "read through",
          "read over",
          "check",
          "double check",
          "review",
          "proofread",
          "proof",
          "mark up",
          "comment on",
          "advise",
          "compare",
          "assess",
          "inspect",
          "measure",
          "calculate",
          "give you my view",
          "second pair of eyes",
          "run your eye",
          "cast an eye",
          "throw an eye",
          "glance",
          "give it a read",
          "run past",
          "benchmark",
          "analyse",
          "audit",
          "test"},
         60, Size::M, {"testimonial", "next_order", "network", "feedback"});
  favour("sourcing", {"find",        "track down", "call around", "ring round",     "ask around",
                      "ask round",   "chase",      "hunt down",   "hunt",           "source",
                      "get hold of", "dig out",    "dig up",      "look for",       "look up",
                      "find out",    "locate",     "scout",       "get you a name", "rustle up"},
         45, Size::M, {"network", "next_order", "feedback"});
  favour("loan",
         {"lend", "loan", "borrow", "spot you", "leave you one", "leave you", "leave one", "try it",
          "try it out", "use ours", "use mine", "have ours", "keep ours", "have our spare",
          "tide over", "let you have", "hang on to"},
         15, Size::S, {"feedback"});
  favour("fix", {"patch",    "sort",         "sort out",       "fix",         "repair",
                 "mend",     "reset",        "restore",        "recover",     "unblock",
                 "untangle", "troubleshoot", "get it running", "get going",   "set up",
                 "install",  "configure",    "wire in",        "replace",     "import",
                 "clean up", "tidy up",      "adjust",         "recalibrate", "calibrate"},
         60, Size::M, {"second_product", "next_order", "feedback"});
  favour("paperwork",
         {"fill in",
          "fill out",
          "fill up",
          "draft",
          "prepare",
          "write up",
          "write out",
          "write",
          "put together",
          "pull together",
          "draw up",
          "type up",
          "translate",
          "compile",
          "sketch",
          "mock up",
          "redraw",
          "design",
          "file for you",
          "complete the form",
          "key in",
          "key",
          "scan",
          "document",
          "build you",
          "make you",
          "do the paperwork"},
         45, Size::M, {"decision_maker", "next_order", "feedback"});
  favour("introduction",
         {"put in touch", "put you in touch", "introduce", "connect you", "connect the two of you",
          "connect them", "intro", "make an introduction", "put a word in", "put in a word",
          "put in a good word", "pass on your name", "give your name", "recommend you",
          "set you up with"},
         20, Size::M, {"introduction_back", "feedback"});
  favour("schedule_bend",
         {"move my", "shift my", "rearrange my", "wait for you", "stay late", "stay on",
          "stay behind", "come in early", "open early", "stay open", "keep open", "open up for you",
          "wait in", "hold it for you", "hold the line", "come in on", "cancel my"},
         30, Size::S, {"feedback"}, true);

  c.asks["introductions"] = {
      Size::L,
      20,
      "introductions",
      {"customer"},
      {"delivery", "no_complaint"},
      90,
      "",
      {"If you had my job, who would you ring first?", "Who in your trade has the same trouble?",
       "May I say that you sent me?"}};
  c.asks["network"] = {Size::M,
                       10,
                       "who else could use this",
                       {"customer"},
                       {"referral_given"},
                       60,
                       "",
                       {"Who else do you know that could use this?"}};
  c.asks["ordering_schedule"] = {
      Size::M,
      30,
      "ordering schedule",
      {},
      {"two_rushes"},
      180,
      "",
      {"What do you use in a month?", "Which day suits a standing order?"}};
  c.asks["testimonial"] = {Size::L,
                           15,
                           "a few words from you",
                           {},
                           {"two_deliveries_or_third_purchase"},
                           365,
                           "",
                           {"Would you say in two sentences what it changed for you?"}};
  c.asks["second_product"] = {Size::M,
                              30,
                              "set-up review",
                              {"customer"},
                              {"care_since_delivery"},
                              90,
                              "",
                              {"What around it still costs you time?"}};
  c.asks["next_order"] = {Size::M, 20, "next steps", {"customer"},
                          {},      90, "",           {"What is next on your list?"}};
  c.asks["decision_maker"] = {Size::M,
                              30,
                              "meeting your team",
                              {"prospect", "customer"},
                              {},
                              60,
                              "",
                              {"Who else has a say in this?"}};
  c.asks["feedback"] = {
      Size::S, 15, "your view", {},
      {},      60, "",          {"What went well, and what should I do differently?"}};
  c.asks["introduction_back"] = {Size::S, 10, "one name", {},
                                 {},      60, "",         {"Who is one person I should know?"}};
  return c;
}

}  // namespace ioud::domain
