#include "importers/mail_kinds.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "crm/text/text.h"

namespace ties::importers::mail_parts {
namespace {

using std::string_view_literals::operator""sv;

template <std::size_t Size>
bool is_one_of(std::string_view word, const std::array<std::string_view, Size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What mailboxes are called, and Gmail's labels, in the languages that programs write them in; lower case.
struct FolderName {
  std::string_view name;
  Folder folder;
};
constexpr Folder spam{"spam"}, trash{"trash"}, draft{"draft"}, chat{"chat"}, promotion{"promotion"}, sent{"", true};
constexpr std::array folder_names{
    FolderName{"spam", spam},
    FolderName{"junk", spam},
    FolderName{"junk e-mail", spam},
    FolderName{"junk email", spam},
    FolderName{"bulk mail", spam},
    FolderName{"courrier indésirable", spam},
    FolderName{"correo no deseado", spam},
    FolderName{"posta indesiderata", spam},
    FolderName{"lixo eletrônico", spam},
    FolderName{"ongewenste e-mail", spam},
    FolderName{"trash", trash},
    FolderName{"bin", trash},
    FolderName{"deleted items", trash},
    FolderName{"deleted messages", trash},
    FolderName{"papierkorb", trash},
    FolderName{"gelöschte elemente", trash},
    FolderName{"corbeille", trash},
    FolderName{"papelera", trash},
    FolderName{"lixeira", trash},
    FolderName{"cestino", trash},
    FolderName{"prullenbak", trash},
    FolderName{"kosz", trash},
    FolderName{"draft", draft},
    FolderName{"drafts", draft},
    FolderName{"templates", draft},
    FolderName{"unsent messages", draft},
    FolderName{"outbox", draft},
    FolderName{"entwürfe", draft},
    FolderName{"brouillons", draft},
    FolderName{"borradores", draft},
    FolderName{"rascunhos", draft},
    FolderName{"bozze", draft},
    FolderName{"concepten", draft},
    FolderName{"chat", chat},
    FolderName{"chats", chat},
    FolderName{"category promotions", promotion},
    FolderName{"sent", sent},
    FolderName{"sent mail", sent},
    FolderName{"sent items", sent},
    FolderName{"sent messages", sent},
    FolderName{"gesendet", sent},
    FolderName{"gesendete elemente", sent},
    FolderName{"messages envoyés", sent},
    FolderName{"éléments envoyés", sent},
    FolderName{"enviados", sent},
    FolderName{"enviadas", sent},
    FolderName{"posta inviata", sent},
    FolderName{"inviati", sent},
    FolderName{"verzonden", sent},
    FolderName{"verzonden items", sent},
};

void add(Folder& to, const Folder& more) {
  if (to.left_out.empty()) to.left_out = more.left_out;
  to.sent = to.sent || more.sent;
}

void add_named(Folder& to, std::string_view name) {
  const auto lowered = text::lower(name);
  const auto* const known =
      std::find_if(folder_names.begin(), folder_names.end(), [&](const auto& f) { return f.name == lowered; });
  if (known != folder_names.end()) add(to, known->folder);
}

/// "Inbox,\"Category promotions\",Unread"
void add_labels(Folder& to, std::string_view labels) {
  while (!labels.empty()) {
    const auto end = std::min(labels.find(','), labels.size());
    auto label = labels.substr(0, end);
    while (!label.empty() && (label.front() == ' ' || label.front() == '"')) label.remove_prefix(1);
    while (!label.empty() && (label.back() == ' ' || label.back() == '"')) label.remove_suffix(1);
    add_named(to, label);
    labels.remove_prefix(std::min(end + 1, labels.size()));
  }
}

/// Every part of the path names a folder, but for what Apple and Maildir add: "Sent.mbox/mbox", ".Sent/cur/17…:2,S".
void add_path(Folder& to, std::string_view path) {
  constexpr std::size_t parts_max = 30;
  for (std::size_t count = 0; !path.empty() && count < parts_max; ++count) {
    const auto end = std::min(path.find('/'), path.size());
    auto part = path.substr(0, end);
    for (const auto ending : {".mbox"sv, ".sbd"sv, ".mbx"sv}) {
      if (part.ends_with(ending)) part.remove_suffix(ending.size());
    }
    part.remove_prefix(std::min(part.size(), part.find_first_not_of('.')));
    add_named(to, part);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
}

/// ":2,DS" behind the name of a file of a Maildir.
void add_maildir_flags(Folder& to, std::string_view file) {
  const auto flags = file.rfind(":2,");
  if (flags == file.npos || file.find('/', flags) != file.npos) return;
  const auto letters = file.substr(flags + 3);
  if (letters.find('T') != letters.npos) add(to, trash);
  if (letters.find('D') != letters.npos) add(to, draft);
}

std::uint64_t number(std::string_view digits, int base) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  return value;
}

/// <key>flags</key> <integer>8590195713</integer>
void add_apple_flags(Folder& to, std::string_view list) {
  constexpr std::size_t bytes_looked_at = 20'000;
  list = list.substr(0, bytes_looked_at);
  const auto key = list.find("<key>flags</key>");
  const auto integer = key == list.npos ? key : list.find("<integer>", key);
  if (integer == list.npos) return;
  const auto flags = number(list.substr(integer + 9), 10);
  constexpr std::uint64_t deleted = 1U << 1U, is_draft = 1U << 6U;
  if ((flags & deleted) != 0) add(to, trash);
  if ((flags & is_draft) != 0) add(to, draft);
}

void add_header_flags(Folder& to, const Headers& headers) {
  constexpr std::uint64_t expunged = 0x8, imap_deleted = 0x200000;
  const bool mozilla = (number(headers.raw("X-Mozilla-Status"), 16) & expunged) != 0 ||
                       (number(headers.raw("X-Mozilla-Status2"), 16) & imap_deleted) != 0;
  const bool marked = headers.raw("Status").find('D') != std::string_view::npos ||
                      headers.raw("X-Status").find('D') != std::string_view::npos;
  if (mozilla || marked) add(to, trash);
  if (headers.raw("X-Unsent") == "1") add(to, draft);
}

constexpr std::array robots{
    "alert"sv,         "alerts"sv,           "auto-confirm"sv,
    "automated"sv,     "billing"sv,          "bot"sv,
    "bounce"sv,        "bounces"sv,          "calendar-notification"sv,
    "daemon"sv,        "digest"sv,           "events"sv,
    "hit-reply"sv,     "inmail-hit-reply"sv, "invitations"sv,
    "invoice"sv,       "invoices"sv,         "jobalert"sv,
    "jobalerts"sv,     "listserv"sv,         "mailer"sv,
    "mailer-daemon"sv, "majordomo"sv,        "marketing"sv,
    "news"sv,          "newsletter"sv,       "newsletters"sv,
    "nobody"sv,        "notice"sv,           "notification"sv,
    "notifications"sv, "notifier"sv,         "notify"sv,
    "offers"sv,        "orders"sv,           "postmaster"sv,
    "promo"sv,         "promotions"sv,       "receipts"sv,
    "reminder"sv,      "reminders"sv,        "robot"sv,
    "root"sv,          "shipping"sv,         "system"sv,
    "unsubscribe"sv,   "update"sv,           "updates"sv,
    "www-data"sv,
};
constexpr std::array within_robots{"noreply"sv,     "no-reply"sv,      "no_reply"sv,        "no.reply"sv,
                                   "donotreply"sv,  "do-not-reply"sv,  "do_not_reply"sv,    "do.not.reply"sv,
                                   "dontreply"sv,   "nepasrepondre"sv, "ne-pas-repondre"sv, "nicht-antworten"sv,
                                   "unsubscribe"sv, "mailer-daemon"sv, "notification"sv,    "bounce+"sv,
                                   "bounces+"sv,    "-bounces"sv,      "jobalert"sv,        "job-alert"sv};
/// Hosts that only send: never a company's own, where people have addresses too.
constexpr std::array hosts_of_robots{
    "facebookmail.com"sv,    "reply.github.com"sv,          "noreply.github.com"sv, "docs.google.com"sv,
    "calendar.google.com"sv, "group.calendar.google.com"sv, "indeedemail.com"sv,    "resource.calendar.google.com"sv,
    "docusign.net"sv};

}  // namespace

Folder folder_of(const Headers& headers, const RawMail& mail, std::string_view file) {
  Folder folder;
  if (headers.has("X-Gmail-Labels")) add_labels(folder, headers.text("X-Gmail-Labels", 10'000));
  add_header_flags(folder, headers);
  add_apple_flags(folder, mail.trailer);
  add_maildir_flags(folder, file);
  add_path(folder, file);
  return folder;
}

bool is_robot(std::string_view email) {
  const auto at = email.rfind('@');
  if (at == email.npos) return false;
  const auto name = email.substr(0, at), host = email.substr(at + 1);
  if (is_one_of(name.substr(0, name.find('+')), robots)) return true;
  if (std::any_of(within_robots.begin(), within_robots.end(),
                  [name](auto part) { return name.find(part) != name.npos; }))
    return true;
  if (host.starts_with("bounce") || host.starts_with("notification")) return true;
  return std::any_of(hosts_of_robots.begin(), hosts_of_robots.end(), [host](auto known) {
    return host == known || (host.ends_with(known) && host[host.size() - known.size() - 1] == '.');
  });
}

std::string_view not_between_people(const Headers& headers, std::string_view from, std::string_view subject,
                                    bool sent_by_me) {
  const auto type = headers.raw("Content-Type");
  const auto is_type = [type](std::string_view beginning) {
    return same_word(type.substr(0, beginning.size()), beginning);
  };
  constexpr std::array answers{"Accepted: "sv,
                               "Declined: "sv,
                               "Tentative: "sv,
                               "Tentatively accepted: "sv,
                               "New time proposed: "sv,
                               "Zugesagt: "sv,
                               "Abgesagt: "sv,
                               "Mit Vorbehalt: "sv,
                               "Accepté : "sv,
                               "Refusé : "sv,
                               "Aceptado: "sv,
                               "Rechazado: "sv,
                               "Aceito: "sv,
                               "Accettato: "sv,
                               "Geaccepteerd: "sv};
  const bool answers_invitation =
      std::any_of(answers.begin(), answers.end(), [subject](auto a) { return subject.starts_with(a); });
  if (is_type("text/calendar") || headers.raw("Content-Class").find("calendarmessage") != std::string_view::npos ||
      headers.raw("Sender").find("calendar-notification@") != std::string_view::npos || answers_invitation) {
    return "calendar";
  }
  if (headers.has("List-Id") || headers.has("List-Post")) return "mailing list";
  if (sent_by_me) return {};
  if (is_type("multipart/report") || headers.has("X-Failed-Recipients") || headers.raw("Return-Path") == "<>") {
    return "delivery report";
  }
  const auto precedence = headers.raw("Precedence");
  if (same_word(precedence, "bulk") || same_word(precedence, "list") || same_word(precedence, "junk"))
    return "mailing list";
  if (headers.has("List-Unsubscribe")) return "newsletter";
  const auto submitted = headers.raw("Auto-Submitted");
  if ((!submitted.empty() && !same_word(submitted.substr(0, 2), "no")) || headers.has("X-Auto-Response-Suppress") ||
      headers.has("X-Autoreply") || headers.has("X-Autorespond") || same_word(precedence, "auto_reply")) {
    return "automatic";
  }
  return is_robot(from) ? "automatic" : "";
}

}  // namespace ties::importers::mail_parts
