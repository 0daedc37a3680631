#include "detection/scoring.hpp"

#include "detection/recall.hpp"

namespace ioud::detection {

const char* name(Context context) {
  switch (context) {
    case Context::mail_sent:
      return "mail_sent";
    case Context::mail_received:
      return "mail_received";
    case Context::event_description:
      return "event_description";
    case Context::notes:
      return "notes";
    case Context::transcript:
      return "transcript";
  }
  return "mail_sent";
}

const char* name(Author author) {
  switch (author) {
    case Author::rep:
      return "rep";
    case Author::client:
      return "client";
    case Author::other:
      return "other";
  }
  return "other";
}

const char* name(domain::Label label) {
  switch (label) {
    case domain::Label::rep_favour:
      return "rep_favour";
    case domain::Label::client_iou:
      return "client_iou";
    case domain::Label::favour_request:
      return "favour_request";
    case domain::Label::billable:
      return "billable";
    case domain::Label::routine:
      return "routine";
    case domain::Label::third_party:
      return "third_party";
    case domain::Label::negated:
      return "negated";
    case domain::Label::hedged:
      return "hedged";
    case domain::Label::past_favour:
      return "past_favour";
    case domain::Label::rep_question:
      return "rep_question";
    case domain::Label::quoted:
      return "quoted";
    case domain::Label::boilerplate:
      return "boilerplate";
    case domain::Label::other:
      return "other";
  }
  return "other";
}

Score SentenceScorer::score(const Sentence& sentence) const {
  Recall recall;
  return score(sentence, recall);
}

}  // namespace ioud::detection
