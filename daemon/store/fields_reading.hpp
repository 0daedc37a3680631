#pragma once
// The fields of what was read from mail, calendars and cards, each named once; see record.hpp.
// `Field` is called with a name and the member: it writes the one or fills the other.

#include <concepts>
#include <type_traits>

#include "domain/calendar_item.hpp"
#include "domain/mail.hpp"
#include "domain/meeting.hpp"
#include "domain/person.hpp"
#include "domain/series.hpp"
#include "store/record.hpp"

namespace ioud::store {

/// `Row` is `Type`, constant when it is written.
template <class Row, class Type>
concept Of = std::same_as<std::remove_const_t<Row>, Type>;

template <class Field, Of<domain::Due> Row>
void fields(Field& field, Row& row) {
  field("date", row.date);
  field("time", row.time);
}

template <class Field, Of<domain::SpokenAsk> Row>
void fields(Field& field, Row& row) {
  field("ask", row.ask);
  field("at_delivery", row.at_delivery);
  field("day", row.day);
}

template <class Field, Of<domain::Slots> Row>
void fields(Field& field, Row& row) {
  field("what", row.what);
  field("thing", row.thing);
  field("lemma", row.lemma);
  field("shape", row.shape);
  field("kind", row.kind);
  field("category", row.category);
  field("ower", row.ower);
  field("beneficiary", row.beneficiary);
  field("time_text", row.time_text);
  field("time_value", row.time_value);
  field("due", row.due);
  field("until", row.until);
  field("day_part", row.day_part);
  field("effort_minutes", row.effort_minutes);
  field("is_visit", row.is_visit);
  field("at_delivery", row.at_delivery);
}

template <class Field, Of<domain::Finding> Row>
void fields(Field& field, Row& row) {
  field("label", row.label);
  field("score", row.score);
  field("quote", row.quote);
  field("begin", row.begin);
  field("end", row.end);
  field("slots", row.slots);
  field("spoken", row.spoken);
  field("reasons", row.reasons);
  field("answered", row.answered);
}

template <class Field, Of<domain::Signal> Row>
void fields(Field& field, Row& row) {
  field("kind", row.kind);
  field("quote", row.quote);
  field("thing", row.thing);
  field("due", row.due);
  field("name", row.name);
}

template <class Field, Of<domain::Reading> Row>
void fields(Field& field, Row& row) {
  field("findings", row.findings);
  field("signals", row.signals);
  field("spoken", row.spoken);
}

template <class Field, Of<domain::CalendarAnswer> Row>
void fields(Field& field, Row& row) {
  field("method", row.method);
  field("uid", row.uid);
  field("sequence", row.sequence);
  field("attendee", row.attendee);
  field("partstat", row.partstat);
  field("start", row.start);
  field("end", row.end);
}

template <class Field, Of<domain::Mail> Row>
void fields(Field& field, Row& row) {
  field("message_id", row.message_id);
  field("in_reply_to", row.in_reply_to);
  field("references", row.references);
  field("box", row.box);
  field("from", row.from);
  field("to", row.to);
  field("cc", row.cc);
  field("date", row.date);
  field("offset", row.offset);
  field("subject", row.subject);
  field("is_bulk", row.is_bulk);
  field("is_automatic", row.is_automatic);
  field("answer", row.answer);
  field("capture", row.capture);
  field("review_answers", row.review_answers);
  field("names", row.names);
  field("line_marks", row.line_marks);
  field("reading", row.reading);
}

template <class Field, Of<domain::Guest> Row>
void fields(Field& field, Row& row) {
  field("address", row.address);
  field("name", row.name);
  field("partstat", row.partstat);
  field("rsvp", row.rsvp);
  field("schedule_agent", row.schedule_agent);
}

template <class Field, Of<domain::MeetingNotes> Row>
void fields(Field& field, Row& row) {
  field("uid", row.uid);
  field("recurrence", row.recurrence);
  field("start", row.start);
  field("cancelled", row.cancelled);
  field("guests", row.guests);
  field("organizer", row.organizer);
  field("reading", row.reading);
}

template <class Field, Of<domain::CaptureEntry> Row>
void fields(Field& field, Row& row) {
  field("uid", row.uid);
  field("line", row.line);
  field("all_day", row.all_day);
  field("start", row.start);
  field("end", row.end);
  field("first_day", row.first_day);
  field("made", row.made);
}

template <class Field, Of<domain::SeriesTime> Row>
void fields(Field& field, Row& row) {
  field("all_day", row.all_day);
  field("day", row.day);
  field("local", row.local);
  field("zone", row.zone);
  field("length", row.length);
}

template <class Field, Of<domain::SeriesPart> Row>
void fields(Field& field, Row& row) {
  field("start", row.start);
  field("end", row.end);
  field("recurrence", row.recurrence);
  field("this_and_future", row.this_and_future);
  field("status", row.status);
  field("transparent", row.transparent);
  field("access", row.access);
  field("summary", row.summary);
  field("location", row.location);
  field("description", row.description);
  field("categories", row.categories);
  field("guests", row.guests);
  field("organizer", row.organizer);
  field("travel_minutes", row.travel_minutes);
  field("made", row.made);
  field("sequence", row.sequence);
}

template <class Field, Of<domain::Series> Row>
void fields(Field& field, Row& row) {
  field("uid", row.uid);
  field("master", row.master);
  field("rules", row.rules);
  field("added", row.added);
  field("removed", row.removed);
  field("overrides", row.overrides);
  field("vtimezone", row.vtimezone);
}

template <class Field, Of<CalendarRecord> Row>
void fields(Field& field, Row& row) {
  field("series", row.series);
  field("notes", row.notes);
  field("captures", row.captures);
}

template <class Field, Of<domain::PartialDate> Row>
void fields(Field& field, Row& row) {
  field("year", row.year);
  field("month", row.month);
  field("day", row.day);
  field("calendar", row.calendar);
}

template <class Field, Of<domain::CardDate> Row>
void fields(Field& field, Row& row) {
  field("kind", row.kind);
  field("label", row.label);
  field("when", row.when);
}

template <class Field, Of<domain::Relative> Row>
void fields(Field& field, Row& row) {
  field("name", row.name);
  field("uid", row.uid);
  field("relation", row.relation);
}

template <class Field, Of<domain::Card> Row>
void fields(Field& field, Row& row) {
  field("uid", row.uid);
  field("name", row.name);
  field("addresses", row.addresses);
  field("phones", row.phones);
  field("organisation", row.organisation);
  field("title", row.title);
  field("zone", row.zone);
  field("language", row.language);
  field("country", row.country);
  field("categories", row.categories);
  field("dates", row.dates);
  field("relatives", row.relatives);
  field("deceased", row.deceased);
  field("no_birthday", row.no_birthday);
  field("notes", row.notes);
  field("interests", row.interests);
}

template <class Field, Of<CardRecord> Row>
void fields(Field& field, Row& row) {
  field("cards", row.cards);
}

template <class Field, Of<domain::CalendarItem> Row>
void fields(Field& field, Row& row) {
  field("uid", row.uid);
  field("role", row.role);
  field("day", row.day);
  field("start", row.start);
  field("end", row.end);
  field("summary", row.summary);
  field("description", row.description);
  field("location", row.location);
  field("status", row.status);
  field("opaque", row.opaque);
  field("is_private", row.is_private);
  field("categories", row.categories);
  field("organizer", row.organizer);
  field("organizer_name", row.organizer_name);
  field("organizer_agent", row.organizer_agent);
  field("guests", row.guests);
  field("alarms", row.alarms);
  field("related_to", row.related_to);
  field("sequence", row.sequence);
}

}  // namespace ioud::store
