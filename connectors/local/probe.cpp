#include "connectors/local/probe.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "connectors/local/maildir.hpp"

namespace ioud::connectors::local {
namespace {

bool may(const fs::path& path, int rights) {
  return ::faccessat(AT_FDCWD, path.c_str(), rights, AT_EACCESS) == 0;
}

class Prober {
 public:
  /// An existing folder that we can list and read; false where it is not.
  bool check_readable(const NamedFolder& folder, const std::string& what) {
    std::error_code error;
    if (!fs::exists(folder.path, error)) {
      complain(folder, what + " folder " + folder.path.string() +
                           " does not exist; create it or write the right path");
      return false;
    }
    if (!fs::is_directory(folder.path, error)) {
      complain(folder, folder.path.string() + " is no folder; write the folder that holds the " +
                           what + " files");
      return false;
    }
    if (!may(folder.path, R_OK | X_OK)) {
      complain(folder, what + " folder " + folder.path.string() +
                           " cannot be read; give the user that runs ioud the right to it (chmod "
                           "u+rx)");
      return false;
    }
    return true;
  }

  /// A folder that we can write, or whose nearest parent we can, so that it can be made.
  void check_writable(const NamedFolder& folder, const fs::path& path, const std::string& what) {
    fs::path nearest = path;
    std::error_code error;
    while (!fs::exists(nearest, error) && nearest.has_relative_path()) {
      nearest = nearest.parent_path();
    }
    if (fs::is_directory(nearest, error) && may(nearest, W_OK | X_OK)) return;
    complain(folder, what + " folder " + path.string() + " cannot be written, because of " +
                         nearest.string() +
                         "; give the user that runs ioud the right to it (chmod u+wx)");
  }

  void check_mail(const MailFolders& mail) {
    if (check_readable(mail.folder, "mail")) {
      Maildir::Settings settings;
      settings.folder = mail.folder.path;
      if (auto folders = Maildir(settings, nullptr).folders(); !folders) {
        complain(mail.folder, mail.folder.path.string() + ": " + folders.error().text);
      } else {
        check_writable(mail.folder, mail.folder.path / ("." + mail.drafts) / "cur", "drafts");
        if (mail.outbox) {
          check_writable(mail.folder, mail.folder.path / ("." + mail.sent) / "cur", "sent mail");
        }
      }
    }
    if (mail.outbox) check_writable(*mail.outbox, mail.outbox->path, "outbox");
  }

  std::vector<core::Error> troubles;

 private:
  void complain(const NamedFolder& folder, std::string text) {
    troubles.push_back(complaint(folder.place, std::move(text)));
  }
};

}  // namespace

std::vector<core::Error> probe(const Settings& settings) {
  Prober prober;
  std::error_code error;
  for (const CalendarFolder& calendar : settings.calendars) {
    const NamedFolder& folder = calendar.folder;
    const bool may_be_missing = is_ours_alone(calendar.calendar) && !fs::exists(folder.path, error);
    const bool is_readable = may_be_missing || prober.check_readable(folder, "calendar");
    if (is_readable && is_ours(calendar.calendar)) {
      prober.check_writable(folder, folder.path, "calendar");
    }
  }
  for (const BookFolder& book : settings.books) prober.check_readable(book.folder, "contacts");
  if (settings.mail) prober.check_mail(*settings.mail);
  return std::move(prober.troubles);
}

}  // namespace ioud::connectors::local
