#pragma once
// The fields of the ledger's rows and of the journal, each named once; see record.hpp.

#include "domain/ledger.hpp"
#include "store/fields_reading.hpp"
#include "store/journal.hpp"

namespace ioud::store {

template <class Field, Of<domain::Change> Row>
void fields(Field& field, Row& row) {
  field("at", row.at);
  field("state", row.state);
  field("cause", row.cause);
}

template <class Field, Of<domain::Evidence> Row>
void fields(Field& field, Row& row) {
  field("source", row.source);
  field("id", row.id);
  field("quote", row.quote);
  field("subject", row.subject);
  field("at", row.at);
}

template <class Field, Of<domain::Favour> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("client", row.client);
  field("debtor", row.debtor);
  field("beneficiary", row.beneficiary);
  field("kind", row.kind);
  field("size", row.size);
  field("text", row.text);
  field("thing", row.thing);
  field("lemma", row.lemma);
  field("shape", row.shape);
  field("offered_at", row.offered_at);
  field("due", row.due);
  field("due_stated", row.due_stated);
  field("state", row.state);
  field("delivered_at", row.delivered_at);
  field("place", row.place);
  field("effort_minutes", row.effort_minutes);
  field("effort_source", row.effort_source);
  field("confidence", row.confidence);
  field("is_visit", row.is_visit);
  field("at_delivery", row.at_delivery);
  field("spoken", row.spoken);
  field("asked_for", row.asked_for);
  field("own_event", row.own_event);
  field("thread", row.thread);
  field("evidence", row.evidence);
  field("reasons", row.reasons);
  field("history", row.history);
}

template <class Field, Of<domain::Sitdown> Row>
void fields(Field& field, Row& row) {
  field("uid", row.uid);
  field("start", row.start);
  field("minutes", row.minutes);
  field("place", row.place);
  field("where", row.where);
  field("host", row.host);
  field("is_wide", row.is_wide);
  field("sequence", row.sequence);
  field("moves", row.moves);
  field("rolls", row.rolls);
  field("pulled_forward", row.pulled_forward);
}

template <class Field, Of<domain::Invitation> Row>
void fields(Field& field, Row& row) {
  field("uid", row.uid);
  field("start", row.start);
  field("minutes", row.minutes);
  field("sequence", row.sequence);
  field("sent_at", row.sent_at);
  field("partstat", row.partstat);
  field("by_rep", row.by_rep);
  field("cancelled", row.cancelled);
}

template <class Field, Of<domain::Iou> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("client", row.client);
  field("contact", row.contact);
  field("favours", row.favours);
  field("ask", row.ask);
  field("cause", row.cause);
  field("state", row.state);
  field("opened", row.opened);
  field("sitdown", row.sitdown);
  field("invitation", row.invitation);
  field("not_before", row.not_before);
  field("asked_at", row.asked_at);
  field("proposed_again", row.proposed_again);
  field("history", row.history);
}

template <class Field, Of<domain::Approval> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("iou", row.iou);
  field("message", row.message);
  field("gesture", row.gesture);
  field("at", row.at);
  field("hold_until", row.hold_until);
  field("start", row.start);
  field("sequence", row.sequence);
  field("used_at", row.used_at);
  field("cancelled", row.cancelled);
  field("refused_at", row.refused_at);
}

template <class Field, Of<domain::MeterRow> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("client", row.client);
  field("favour", row.favour);
  field("kind", row.kind);
  field("minutes", row.minutes);
  field("source", row.source);
  field("date", row.date);
}

template <class Field, Of<domain::TrustRow> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("client", row.client);
  field("points", row.points);
  field("cause", row.cause);
  field("evidence", row.evidence);
  field("at", row.at);
}

template <class Field, Of<domain::Touch> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("contact", row.contact);
  field("at", row.at);
  field("kind", row.kind);
  field("care", row.care);
}

template <class Field, Of<domain::ReviewLine> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("kind", row.kind);
  field("about", row.about);
  field("client", row.client);
  field("text", row.text);
  field("at", row.at);
  field("mailed_at", row.mailed_at);
  field("number", row.number);
  field("mail", row.mail);
  field("done", row.done);
}

template <class Field, Of<domain::Tombstone> Row>
void fields(Field& field, Row& row) {
  field("hash", row.hash);
  field("reason", row.reason);
  field("at", row.at);
}

template <class Field, Of<domain::Verdict> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("shape", row.shape);
  field("kind", row.kind);
  field("client", row.client);
  field("weight", row.weight);
  field("at", row.at);
}

template <class Field, Of<domain::ItemRecord> Row>
void fields(Field& field, Row& row) {
  field("uid", row.uid);
  field("calendar", row.calendar);
  field("owner", row.owner);
  field("href", row.href);
  field("etag", row.etag);
  field("written", row.written);
  field("seen", row.seen);
  field("gone", row.gone);
}

template <class Field, Of<domain::DraftRecord> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("message_id", row.message_id);
  field("kind", row.kind);
  field("about", row.about);
  field("contact", row.contact);
  field("answers", row.answers);
  field("at", row.at);
  field("href", row.href);
  field("etag", row.etag);
  field("hash", row.hash);
  field("line_marks", row.line_marks);
  field("state", row.state);
}

template <class Field, Of<domain::SentRecord> Row>
void fields(Field& field, Row& row) {
  field("message_id", row.message_id);
  field("kind", row.kind);
  field("about", row.about);
  field("contact", row.contact);
  field("at", row.at);
}

template <class Field, Of<domain::Baseline> Row>
void fields(Field& field, Row& row) {
  field("client", row.client);
  field("reply_hours", row.reply_hours);
  field("touches_a_month", row.touches_a_month);
  field("meetings_a_month", row.meetings_a_month);
  field("started_share", row.started_share);
  field("frozen_at", row.frozen_at);
}

template <class Field, Of<domain::Referral> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("client", row.client);
  field("contact", row.contact);
  field("name", row.name);
  field("at", row.at);
}

template <class Field, Of<Intent> Row>
void fields(Field& field, Row& row) {
  field("id", row.id);
  field("kind", row.kind);
  field("connector", row.connector);
  field("collection", row.collection);
  field("uid", row.uid);
  field("href", row.href);
  field("etag", row.etag);
  field("hash", row.hash);
  field("owner", row.owner);
  field("at", row.at);
  field("bytes", row.bytes);
  field("item", row.item);
  field("sender", row.sender);
  field("recipients", row.recipients);
}

}  // namespace ioud::store
