#include "detection/signal_patterns.hpp"

#include <string>

#include "core/text.hpp"

namespace ioud::detection {
namespace {

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

constexpr std::string_view day =
    R"((?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|this \w+|next \w+))";
constexpr std::string_view cannot =
    R"((?:can't|cannot|can not|couldn't|won't be able to|not be able to|unable to|not able to|cant))";

/// The phrases as one expression, with what stands for {day} and {cannot} filled in.
std::string any_of(Phrase::List phrases) {
  std::string all;
  for (const std::string_view phrase : phrases) all.append(all.empty() ? "" : "|").append(phrase);
  return core::replaced(core::replaced(all, "{day}", day), "{cannot}", cannot);
}

}  // namespace

Phrase::Phrase(List phrases, List exceptions)
    : says(any_of(phrases), quiet()), unless(any_of(exceptions), quiet()) {}

bool Phrase::in(std::string_view sentence) const {
  return RE2::PartialMatch(piece(sentence), says) && !RE2::PartialMatch(piece(sentence), unless);
}

SignalPatterns::SignalPatterns()
    : moved(
          {R"(\binstead\b)", R"(\bnot {day}\b)", R"(\brather than\b)", R"(\bchange of plan)",
           R"(\b(?:have|need|had|going) to (?:push|move|shift|postpone|delay|reschedule)\b)",
           R"(\bpostpone)", R"(\breschedul)",
           R"(\bpush(?:ed|ing)? (?:it|this|that|things)? ?(?:back|out)?\b ?to\b)",
           R"(\b(?:will|'ll|must|going to|have to) (?:now )?(?:be|make it) \C{0,40}\bnow\b)",
           R"(\b(?:it|that|this)(?:'ll| will|'s going to) (?:have to|need to) (?:be|wait)\b)",
           R"(\bcan't make (?:it )?{day})", R"(\bslip(?:s|ped|ping)? to\b)",
           R"(\bmake (?:it|that) {day})", R"(\bmoved? (?:it|that|this) to\b)",
           R"(\blater than (?:planned|i said|promised))",
           R"(\bnow (?:be )?(?:coming |arriving |on )?{day}\b)"},
          {R"(\bif you(?:'d)? (?:prefer|like|rather))", R"(\binstead of (?:paying|buying|hiring))",
           R"(\?\s*$)", R"(\bcould we\b)", R"(\bcan we\b)"}),
      late(
          {R"(\bdelay(?:ed|s)?\b)", R"(\brunning late\b)", R"(\bbehind schedule\b)",
           R"(\bheld up\b)", R"(\bstuck (?:in|at|with)\b)",
           R"((?:isn't|aren't|hasn't|haven't|not|wasn't) (?:\w+ )?(?:in|here|back|ready|arrived|)"
           R"(come|turned up|landed|shown up|finished|done)\b\C{0,12}\byet\b)",
           R"(\b(?:hasn't|haven't|didn't) (?:arrived?|come|turned? up|show(?:n|ed)? up|landed?)\b)",
           R"(\bstill waiting (?:for|on)\b)", R"(\bout of stock\b)", R"(\bslipped\b)"},
          {R"(\bnot delayed\b)", R"(\bno delay\b)"}),
      cancelled(
          {R"(\b{cannot}\b\C{0,80}\b(?:after all|any ?more|any longer)\b)",
           R"(\bafter all\b\C{0,30}\b{cannot}\b)",
           R"(\b(?:have|need|had|going) to (?:cancel|pull out|back out|let you down|call it off|)"
           R"(withdraw)\b)",
           R"(\bno longer (?:able|possible|going)\b)", R"(\bfall(?:en|s)? through\b)",
           R"(\bwon't (?:happen|be happening)\b)", R"(\bnot going to happen\b)",
           R"(\bnot going to be able\b)",
           R"(\bwon't be (?:coming|bringing|dropping|able to make it) after all\b)"},
          {R"(\?\s*$)", R"(\byou can't\b)", R"(\byou (?:won't|don't) have to\b)",
           R"(\bdon't have to cancel\b)", R"(\bif i\b)"}),
      regretted(
          {R"((?:\bsorry\b|\bafraid\b|\bunfortunately\b|\bapolog)\C{0,40}\b(?:i|we) {cannot} )"
           R"((?:get|bring|do|come|drop|deliver|make|fetch|fix|collect|manage|take|send|find|pick|)"
           R"(help with) (?:off |up |over )?(?:it|that|this|them|the|your)\b)",
           R"(\b(?:i|we) {cannot} (?:get|bring|do|come|drop|deliver|fetch|fix|collect) (?:off |up )"
           R"(|over )?(?:it|that|this|them|the|your)\b\C{0,60}\b(?:sorry|apolog))"},
          {R"(\?\s*$)", R"(\bbut i(?:'ll| will| can)\b)", R"(\buntil\b)", R"(\bbefore\b)"}),
      delivered(
          {R"(\b(?:it's|they're|that's|it is|they are|(?:is|are) now) (?:now )?(?:all )?(?:with )"
           R"(you|on your desk|in your inbox|at (?:your )?reception|at the gate|done|sorted|fixed|)"
           R"(delivered|up and running|in place)\b)",
           R"(\b(?:is|are) with you now\b)",
           R"(\b(?:i|we)(?:'ve| have)? (?:just |already )?(?:dropped|left|delivered|brought|)"
           R"(posted|handed|installed|fixed|finished|filled in|sent|emailed|put) (?:it|them|the|)"
           R"(your|that|those|over|off|in)\b)",
           R"(^(?:just |already )?(?:dropped|left|delivered|handed|posted) (?:it|them|the|your|)"
           R"(that|off)\b)",
           R"(^(?:all )?(?:done|sorted|delivered|dropped off)(?: now| this morning| )"
           R"(today)?\s*[.!]*$)",
           R"(\bas promised\b\C{0,40}\b(?:attached|here(?:'s| is| are)|enclosed|below)\b)",
           R"(\b(?:attached|here(?:'s| is| are)|enclosed)\b\C{0,40}\bas promised\b)"},
          {R"(\b(?:will|'ll|shall|should|would|could|going to|once|when|if|until|till|before|hope|)"
           R"(hopefully|haven't|hasn't|not|isn't|aren't|wasn't|didn't)\b)",
           R"(\?\s*$)"}),
      unneeded(
          {R"(\b(?:no longer|don't|do not|won't|wont|dont|not|never) need\b\C{0,60}\b(?:any ?more|)"
           R"(after all|now|any longer)\b)",
           R"(\bno longer (?:need|require|want)\b)",
           R"(\b(?:don't|do not|won't|dont) need (?:it|that|them|the|you to|your)\b)",
           R"(\bno (?:longer a )?need (?:any ?more|any longer|now|for (?:it|that|the|you|them)|to )"
           R"((?:bring|fetch|come|drop|send|look|do|get|collect|pick|deliver|call|chase|check|run|)"
           R"(sort|fix))\b)",
           R"(\byou (?:needn't|don't (?:have|need) to)\b\C{0,30}\b(?:any ?more|after all|now|bring|)"
           R"(fetch|come|drop|send|get|collect|deliver)\b)",
           R"(\bdon't (?:bother|worry) (?:about |with |bringing |coming |fetching |getting )"
           R"()(?:the|it|that|them)?\C{0,60}\b(?:we've|we have|i've|sorted|found|fixed|got one|any )"
           R"(?more|after all)\b)",
           R"(\bdon't bother\b)",
           R"((?:^|[,.;] |please |just |then )(?:forget|scrap|cancel|drop) (?:about )?(?:the|it|)"
           R"(that|our|my)\b)",
           R"(\bwe(?:'ve| have) (?:already )?(?:found|got|bought|fixed|sorted|borrowed|solved) )"
           R"((?:one|it|that|the|another|ourselves|something)\b\C{0,40}\b(?:so no|ourselves|)"
           R"(elsewhere|already|no need|don't|after all)\b)",
           R"(\b(?:not|isn't|no longer) (?:necessary|needed|required)(?: any ?more| after all| )"
           R"(now)?\b)"},
          {R"(\bno need to (?:rush|hurry|reply|respond|apologi[sz]e|worry|answer|thank)\b)",
           R"(\bstill need\b)", R"(\bif you (?:no longer|don't)\b)", R"(\bunless\b)", R"(\?\s*$)",
           R"(\bdon't need to (?:tell|know|worry)\b)", R"(\bif (?:it is|it's|they're) no longer\b)",
           R"(\bdon't forget\b)"}),
      thanks(
          {R"(\b(?:thanks|thank you|thankyou|thx|thnx|ty|many thanks|cheers|much obliged|grateful|)"
           R"(appreciate(?:d| it| that| the|s)?|merci|danke|gracias|ta)\b)",
           R"(\byou(?:'re| are) (?:a |an )?(?:absolute |total |real )?(?:star|legend|life ?saver|)"
           R"(angel|hero|gem)\b)"},
          {R"(\bno,? thanks?\b)", R"(\bthanks to (?:the|our|my|his|her|their)\b)",
           R"(\bthanks but no\b)", R"(\bwould (?:be grateful|appreciate)\b)",
           R"(\bi'd appreciate\b)", R"(\bwe'd (?:appreciate|be grateful)\b)"}),
      arrived(
          {R"(\b(?:has |have |just |already |all )?(?:arrived|received|landed|got here|came (?:in|)"
           R"(today|this|through|yesterday)|turned up|is here|are here|got (?:it|them|the|your)|)"
           R"(is done|are done|(?:is|are|it's) (?:working|running|fixed|sorted|back up|up and )"
           R"(running|in place|installed|perfect)|works?(?: like| a treat| now| fine| again| )"
           R"(perfectly| great| well| beautifully)|up and running|did the trick|fits?(?: )"
           R"(perfectly| like)|was delivered|were delivered|made it here|got us (?:running|going|)"
           R"(through)|saved (?:us|the day|my)|we (?:ran|are running|used) |we're (?:running|back|)"
           R"(up)|all (?:good|working|sorted) now)\b)"},
          {R"(\b(?:hasn't|haven't|hasnt|havent|didn't|not|isn't|aren't|never|nothing|won't|)"
           R"(doesn't|don't) (?:\w+ ){0,2}(?:arrived?|received?|landed|come|turn(?:ed)? up|here|)"
           R"(work(?:ing|s)?|done|running|got|fixed|yet))",
           R"(\b(?:when|once|if|until|till|as soon as|hope|hopefully|should|will|'ll|let me know) )"
           R"((?:\w+ ){0,3}(?:arrives?|arrived|received|lands?|comes?|works?|here|done|got|get|)"
           R"(run|be|working|fits?))",
           R"(\byet\b)", R"(\?\s*$)",
           R"(\breceived your (?:mail|email|message|invoice|quote|note|offer)\b)",
           R"(\bgot your (?:mail|email|message|invoice|quote|note|offer|call|voicemail)\b)",
           R"(\bgot it\s*[,.!]*$)"}),
      complaint(
          {R"(\bunacceptable\b)",
           R"(\bkeeps? (?:on )?(?:going wrong|breaking|happening|failing|coming back)\b)",
           R"(\b(?:i'm|i am|we're|we are|am|are|im|was|were) (?:\w+ ){0,2}(?:disappointed|unhappy|)"
           R"(frustrated|annoyed|fed up|furious|dissatisfied|let down|upset)\b)",
           R"(\bnot (?:at all )?happy (?:with|about|that)\b)",
           R"(\b(?:want|like|need|wish|going|have) to (?:complain|make a complaint|lodge|raise a )"
           R"(complaint|file a complaint)\b)",
           R"(\b(?:formal|official) complaint\b)", R"(\bnot good enough\b)",
           R"(\blet (?:us|me) down\b)", R"(\bsick (?:and tired )?of\b)", R"(\bpoor service\b)",
           R"(\bappalling\b)", R"(\bshambles\b)", R"(\bdisgrace)",
           R"(\b(?:second|third|fourth|2nd|3rd|4th) time (?:this|that|it|in)\b\C{0,40}\b(?:wrong|)"
           R"(fail|broke|late|happen|down|miss))",
           R"(\bbeyond a joke\b)"},
          {R"(\b(?:no complaints?|can't complain|cannot complain|not disappointed|won't be )"
           R"(disappointed|nothing to complain|never disappointed|not to complain|don't be )"
           R"(disappointed|you'll be disappointed|disappointed to (?:miss|have missed)|not (?:un|)"
           R"(dis)\w+)\b)",
           R"(\bif (?:i|we) (?:were|was)\b)"}),
      praise({R"(\b(?:legend|life ?saver|superstar|miracle worker)\b)",
              R"(\b(?:great|excellent|brilliant|fantastic|amazing|superb|outstanding|top|lovely|)"
              R"(good) (?:job|work|service|stuff|help|support)\b)",
              R"(\bwell done\b)",
              R"(\b(?:couldn't|could not) have (?:done|managed) (?:it|this|that) without\b)",
              R"(\b(?:i'm|we're|i am|we are) (?:so |very |really |extremely |delighted|over the )"
              R"(moon)\b\C{0,20}\b(?:happy|pleased|impressed|delighted|grateful)?\s*(?:with|by|)"
              R"(about)\b)",
              R"(\bworks? a treat\b)", R"(\bsaved (?:us|my|our|the day)\b)",
              R"(\b(?:they|it) looks? (?:perfect|great|fantastic|brilliant|amazing)\b)",
              R"(\babsolutely (?:perfect|brilliant|fantastic)\b)",
              R"(\bbest (?:rep|supplier|service)\b)",
              R"(\bvery (?:happy|pleased|impressed) with\b)", R"(\bover the moon\b)"},
             {R"(\b(?:not|isn't|wasn't|never|hardly|would be|will be|can you|could you|if)\b)",
              R"(\?\s*$)"}),
      stop({R"(\bplease (?:don't|do not|stop) ask(?:ing)?(?:\s*[.!]*$| (?:me|us|again|for|any )"
            R"(?more)))",
            R"(\bstop (?:asking|emailing|e-mailing|contacting|mailing|writing to|calling) (?:me|)"
            R"(us)\b)",
            R"(\bstop (?:asking|contacting us|emailing)\s*[.!]*$)", R"(\bunsubscribe (?:me|us)\b)",
            R"(\btake (?:me|us) off (?:your|the|this|that)\b)",
            R"(\bremove (?:me|us) from (?:your|the|this|any)\b)",
            R"(\b(?:don't|do not) (?:contact|email|e-mail|call|write to|mail|ask) (?:me|us) )"
            R"((?:again|any ?more|any longer|for (?:favou?rs|anything|referrals|names))\b)",
            R"(^\s*stop\s*[.!]*\s*$)", R"(\bleave (?:me|us) alone\b)",
            R"(\bno more (?:e-?mails|requests|asks|messages|favou?rs|mails) (?:please|from you)\b)",
            R"(\bi(?:'d| would) rather you (?:didn't|did not|stopped) ask)"},
           {R"(\bask(?:ing)? (?:me |us )?(?:why|how|what|where|who|when|if)\b)",
            R"(\bplease don't stop\b)", R"(\bhesitate to ask\b)"}),
      referral(
          {R"(\b(?:gave|given|passed|giving|pass|give|giving) (?:\w+ ){0,4}your (?:name|number|)"
           R"(details|card|contact)\b)",
           R"(\byour (?:name|number|details|card) (?:to|on to)\b)",
           R"(\b(?:told|mentioned|recommended|spoke to|talked to|introduce|introducing|connecting|)"
           R"(connected|mention) \C{0,60}\b(?:about you|you to|your name|to you)\b)",
           R"(\b(?:you should|you could|you might|why don't you|worth|try) (?:calling |call |)"
           R"(ringing |ring |speaking to |speak to |talking to |talk to |contacting |contact |)"
           R"(trying |have a word with |giving |give ))",
           R"(\bwould (?:be interested|love to hear from you|use you)\b)",
           R"(\b(?:is|are) (?:also )?looking for (?:a|someone|somebody|one|the same|something)\b)",
           R"(\bcould (?:really )?use (?:you|one|your)\b)", R"(\bsays? (?:he|she|they) needs?\b)"},
          {R"(\?\s*$)",
           R"(\b(?:don't|won't|can't|not) (?:\w+ ){0,2}(?:tell|mention|give|pass|recommend)\b)"}),
      bereavement(
          {R"(\bpassed away\b)", R"(\bfuneral\b)", R"(\bbereave)", R"(\bin mourning\b)",
           R"(\bcondolences\b)",
           R"(\b(?:father|mother|dad|mum|mom|husband|wife|son|daughter|brother|sister|partner|)"
           R"(colleague|grandmother|grandfather|founder|boss|friend|he|she)\b\C{0,20}\b(?:has |)"
           R"(have )?died\b)",
           R"(\b(?:lost|losing|loss of) (?:my|our|his|her|their) (?:\w+ )?(?:father|mother|dad|)"
           R"(mum|mom|husband|wife|son|daughter|brother|sister|partner|colleague|baby|friend)\b)",
           R"(\bdeath (?:of|in) (?:my|our|the family|his|her)\b)"},
          {R"(\b(?:laughing|funeral directors?|over my dead|would have died|nearly died|almost )"
           R"(died)\b)"}),
      yes({R"(^(?:hi \w+[,!] ?|ok(?:ay)?,? |yes,? |sure,? |yep,? |yeah,? |ah |oh )?(?:no )"
           R"(problem(?: at all)?|no worries(?: at all)?|no bother(?: at all)?|will do|of course|)"
           R"(on it|consider it done|consider that done|happy to(?: help)?|glad to(?: help)?|)"
           R"(leave it with me|leave that with me|you got it|you've got it|with pleasure|my )"
           R"(pleasure|absolutely|definitely|gladly|certainly|can do|i'm on it|sure thing|not a )"
           R"(problem|no trouble(?: at all)?|count me in|wilco|by all means|course i can|it'd be )"
           R"(my pleasure|it would be a pleasure)(?:\s*[,.!;:)-]|\s*$|\s+(?:i'll|i will|i can|)"
           R"(what's|when|where|which|just|will|for you)\b))"},
          {R"(\b(?:but|however|unfortunately|afraid|can't|cannot|won't|not|if not|n't|sorry)\b)",
           R"(\bno (?:problem|worries) (?:if|with|about|whatsoever with)\b)"}),
      weak_yes(
          {R"(^(?:yes|yep|yeah|yup|aye|sure|ok|okay|fine|great|perfect|deal|agreed|sounds (?:good|)"
           R"(great|perfect|fine)|that (?:works|would be (?:great|good|fine|perfect|lovely|)"
           R"(brilliant|fantastic|wonderful))|that's fine|works for me|go ahead|please do|yes )"
           R"(please|fine (?:with|by) me|let's do (?:it|that)|good idea|why not|done|gerne|)"
           R"(d'accord|go for it)(?:[ ,.!]+(?:yes|please|thanks|thank you|sure|great|perfect|)"
           R"(lovely|fine|do|that|would|be|works|for|me|us|is|good|sounds|brilliant|amazing|)"
           R"(wonderful|very|kind|of|you|so|much|go|ahead|happy|to|ok|okay|absolutely|cheers|if|)"
           R"(don't|mind))*\s*[.!]*$)"},
          {R"(\b(?:but|not|can't|no)\b)"}) {}

}  // namespace ioud::detection
