#include "app/state_commands.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <ostream>

#include "app/explanation.hpp"
#include "core/text.hpp"
#include "domain/loss.hpp"
#include "domain/trust.hpp"

namespace ioud::app {
namespace {

/// Runs one task to its end on a loop of its own.
template <class T>
core::Result<T> wait_for(net::Task<T> task) {
  boost::asio::io_context loop(1);
  std::optional<core::Result<T>> result;
  std::exception_ptr bug;
  boost::asio::co_spawn(loop, std::move(task), [&](std::exception_ptr thrown, core::Result<T> got) {
    bug = std::move(thrown);
    result = std::move(got);
  });
  loop.run();
  if (bug) std::rethrow_exception(bug);
  return std::move(*result);
}

/// A session and the ledger in it, for commands that only look.
struct Look {
  std::unique_ptr<Session> session;
  domain::Ledger ledger;
  domain::Directory directory;

  ReportSource source() const {
    return {&ledger, &directory.clients(), session->setting().rep.zone};
  }
};

core::Result<Look> look(const SessionWish& wish) {
  Look look;
  auto session = Session::open(wish);
  if (!session) return tl::unexpected(session.error());
  look.session = std::move(*session);
  auto ledger = look.session->ledger().load();
  if (!ledger) return tl::unexpected(ledger.error());
  look.ledger = std::move(*ledger);
  auto directory = look.session->directory(look.ledger);
  if (!directory) return tl::unexpected(directory.error());
  look.directory = std::move(*directory);
  return look;
}

/// How many answers there were. A pass under way is waited for: it would write them back.
core::Result<std::size_t> forget_lessons(store::LedgerStore& store) {
  const auto turn = store.take_turn(std::chrono::seconds{20});
  if (!turn) return tl::unexpected(turn.error());
  const auto before = store.load();
  if (!before) return tl::unexpected(before.error());
  domain::Ledger after = *before;
  after.verdicts.clear();
  const auto done = store.commit(*before, after, {});
  if (!done) return tl::unexpected(done.error());
  return before->verdicts.size();
}

/// Accepts the one loss of that place. A pass under way is waited for: it would write its own
/// state.
core::Result<domain::Loss> believe_loss(store::LedgerStore& store,
                                        const std::vector<std::string>& place) {
  const auto turn = store.take_turn(std::chrono::seconds{20});
  if (!turn) return tl::unexpected(turn.error());
  const auto before = store.load();
  if (!before) return tl::unexpected(before.error());
  std::vector<domain::Loss> losses = domain::waiting_losses(*before);
  std::erase_if(losses, [&](const domain::Loss& loss) {
    const std::string collection = domain::shown_place(loss.place.collection);
    return loss.place.connector != place.front() ||
           (place.size() > 1 && collection != place.back());
  });
  if (losses.empty())
    return core::fail(core::Fault::not_found, core::joined(place, " "),
                      "nothing waits to be accepted there; `ioud status` names what does");
  if (losses.size() > 1) {
    std::vector<std::string> names;
    for (const domain::Loss& loss : losses)
      names.push_back(domain::shown_place(loss.place.collection));
    return core::fail(core::Fault::not_found, place.front(),
                      "more than one loss waits there; name one of: " + core::joined(names, ", "));
  }
  domain::Ledger after = *before;
  domain::accept_loss(after, losses.front());
  const auto done = store.commit(*before, after, {});
  if (!done) return tl::unexpected(done.error());
  return losses.front();
}

}  // namespace

ExitCode complain(const core::Error& error, Terminal terminal) {
  const bool is_placed = error.text.starts_with(error.place) || error.place.empty();
  terminal.err << (is_placed ? "" : error.place + ": ") << error.text
               << (error.text.ends_with('\n') ? "" : "\n");
  switch (error.fault) {
    case core::Fault::config:
    case core::Fault::auth:
      return ExitCode::config;
    case core::Fault::transient:
    case core::Fault::throttled:
      return ExitCode::try_again;
    case core::Fault::not_found:
    case core::Fault::rejected:
    case core::Fault::protocol:
      return ExitCode::data;
    case core::Fault::conflict:
      return ExitCode::try_again;
  }
  return ExitCode::internal;
}

ExitCode run_once(const SessionWish& wish, Terminal terminal) {
  auto session = Session::open(wish);
  if (!session) return complain(session.error(), terminal);
  const auto report = wait_for((*session)->engine().pass());
  if (!report) return complain(report.error(), terminal);
  return report->is_retryable ? ExitCode::try_again : ExitCode::ok;
}

ExitCode show_status(const SessionWish& wish, bool json, Terminal terminal) {
  const auto seen = look(wish);
  if (!seen) return complain(seen.error(), terminal);
  const auto status = seen->session->status(seen->ledger);
  if (!status) return complain(status.error(), terminal);
  terminal.out << (json ? status_json(*status) : status_text(*status));
  return ExitCode::ok;
}

ExitCode show_ledger(const SessionWish& wish, bool json, Terminal terminal) {
  const auto seen = look(wish);
  if (!seen) return complain(seen.error(), terminal);
  const domain::Policy::Trust& policy = seen->session->setting().policy.trust;
  const TrustOf trust_of = [&](const domain::Client& client) {
    return domain::shown_trust(seen->ledger, client, policy, wish.clock.now());
  };
  terminal.out << (json ? ledger_json(seen->source(), trust_of)
                        : ledger_text(seen->source(), trust_of));
  return ExitCode::ok;
}

ExitCode explain(const SessionWish& wish, const std::string& what, Terminal terminal) {
  if (const auto key = explain_key(what)) {
    terminal.out << *key;
    return ExitCode::ok;
  }
  const auto seen = look(wish);
  if (!seen) return complain(seen.error(), terminal);
  const auto story = explain_id(seen->source(), what);
  if (story) {
    terminal.out << *story;
    return ExitCode::ok;
  }
  terminal.err << "ioud: the ledger has nothing of that id, and there is no key of that name; "
                  "`ioud ledger` lists the ids\n";
  return ExitCode::data;
}

ExitCode learning(const SessionWish& wish, bool json, bool reset, Terminal terminal) {
  const auto seen = look(wish);
  if (!seen) return complain(seen.error(), terminal);
  if (reset) {
    const auto forgotten = forget_lessons(seen->session->ledger());
    if (!forgotten) return complain(forgotten.error(), terminal);
    terminal.out << "forgotten: " << *forgotten << (*forgotten == 1 ? " answer\n" : " answers\n");
    return ExitCode::ok;
  }
  const domain::Setting& setting = seen->session->setting();
  const auto lessons = domain::lessons(seen->ledger, setting.policy.detector, wish.clock.now());
  terminal.out << (json ? lessons_json(lessons, setting.rep.zone)
                        : lessons_text(lessons, setting.rep.zone));
  return ExitCode::ok;
}

ExitCode accept_loss(const SessionWish& wish, const std::vector<std::string>& place,
                     Terminal terminal) {
  const auto session = Session::open(wish);
  if (!session) return complain(session.error(), terminal);
  const auto loss = believe_loss((*session)->ledger(), place);
  if (!loss) return complain(loss.error(), terminal);
  terminal.out << "accepted: " << loss->names.size() << " of " << loss->known
               << "; the next pass takes them as removed\n";
  return ExitCode::ok;
}

ExitCode forget(const SessionWish& wish, const std::string& address, Terminal terminal) {
  auto session = Session::open(wish);
  if (!session) return complain(session.error(), terminal);
  const auto erased = wait_for((*session)->engine().forget(core::ascii_lower(address)));
  if (!erased) return complain(erased.error(), terminal);
  terminal.out << "forgotten: " << erased->favours << " favours, " << erased->ious << " IOUs, "
               << erased->touches << " touches, " << erased->events << " events, " << erased->drafts
               << " drafts\n";
  return ExitCode::ok;
}

ExitCode export_person(const SessionWish& wish, const std::string& address, Terminal terminal) {
  const auto seen = look(wish);
  if (!seen) return complain(seen.error(), terminal);
  const std::string wanted = core::ascii_lower(address);
  terminal.out << export_json(seen->source(), wanted, seen->directory.person(wanted));
  return ExitCode::ok;
}

}  // namespace ioud::app
