#include "crm/domain/contact.h"
#include "crm/text/text.h"

#include <algorithm>
#include <set>

namespace ties {
namespace {

/// Mailboxes that several people read, or nobody.
const std::set<std::string, std::less<>> role_mailboxes{
    "info", "contact", "hello", "hi", "office", "mail", "team", "sales", "support", "help", "service", "admin", "careers", "jobs", "recruiting", "recruitment", "talent", "hr", "press", "media", "marketing", "events", "billing",
    "accounts", "accounting", "finance", "legal", "privacy", "security", "webmaster", "postmaster", "noreply", "donotreply", "newsletter", "enquiries", "inquiries", "reception", "secretary", "staff", "all", "everyone", "lab",
    "kontakt", "buero", "post", "bewerbung", "vertrieb", "personal", "verwaltung", "contacto", "ventas", "empleo", "contato", "vendas", "contatto", "commerciale", "amministrazione", "bonjour", "accueil", "recrutement",
    "biuro", "praca", "epost", "firmapost", "kundservice", "iroda", "iletisim"};

std::string trimmed(std::string_view text) { return text::clean_line(text); }

/// An address without scheme, user and "www."; host in lower case, no query, no closing slash.
std::string without_scheme(std::string address) {
  if (const auto scheme = address.find("://"); scheme != std::string::npos) address.erase(0, scheme + 3);
  const auto slash = std::min(address.find('/'), address.size());
  std::transform(address.begin(), address.begin() + static_cast<std::ptrdiff_t>(slash), address.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (address.starts_with("www.")) address.erase(0, 4);
  if (address.starts_with("m.linkedin.") || address.starts_with("m.github.")) address.erase(0, 2);
  return address;
}

std::string without_query(std::string address) {
  address.resize(std::min({address.find('?'), address.find('#'), address.size()}));
  while (address.ends_with('/')) address.pop_back();
  return address;
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

std::optional<std::string> email(std::string text) {
  if (text.size() > 7 && text::lower(text.substr(0, 7)) == "mailto:") text.erase(0, 7);
  text.resize(std::min(text.find('?'), text.size()));
  if (const auto open = text.find('<'); open != std::string::npos && text.ends_with('>')) text = text.substr(open + 1, text.size() - open - 2);
  text = text::lower(text);
  const auto at = text.find('@');
  if (at == std::string::npos || at == 0 || text.find('@', at + 1) != std::string::npos || text.find_first_of(" ,;<>\"") != std::string::npos) return std::nullopt;
  const auto dot = text.rfind('.');
  if (dot == std::string::npos || dot < at + 2 || dot + 1 == text.size()) return std::nullopt;
  return text;
}

std::optional<std::string> linkedin(const std::string& text) {
  auto slug = without_query(without_scheme(text));
  if (const auto in = slug.find("/in/"); in != std::string::npos) {
    slug.erase(0, in + 4);
  } else if (const auto pub = slug.find("/pub/"); pub != std::string::npos) {
    slug.erase(0, pub + 5);
  } else if (slug.find('/') != std::string::npos || slug.find("linkedin.") != std::string::npos) {
    return std::nullopt;
  }
  slug.resize(std::min(slug.find('/'), slug.size()));
  slug = text::lower(text::clean_line(percent_decoded(slug)));
  if (slug.empty() || slug.find_first_of(" @,;\"<>") != std::string::npos) return std::nullopt;
  return slug;
}

/// The login of an address on a code host, of "@login" or of a bare login.
std::optional<std::string> login(const std::string& text, std::string_view host) {
  auto name = without_query(without_scheme(text));
  if (const auto at = name.find(host); at != std::string::npos) {
    name.erase(0, at + host.size());
    while (name.starts_with('/')) name.erase(0, 1);
  } else if (name.find('/') != std::string::npos) {
    return std::nullopt;
  }
  name.resize(std::min(name.find('/'), name.size()));
  if (name.starts_with('@')) name.erase(0, 1);
  name = text::lower(name);
  const bool fits = !name.empty() && name.size() <= 255 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
  return fits ? std::optional(name) : std::nullopt;
}

std::optional<std::string> website(const std::string& text) {
  auto address = without_scheme(text);
  while (address.ends_with('/')) address.pop_back();
  const auto host = address.substr(0, address.find('/'));
  if (host.find('.') == std::string::npos || host.find('@') != std::string::npos) return std::nullopt;
  if (address.find_first_of(" <>\"") != std::string::npos) return std::nullopt;
  return address;
}

}  // namespace

std::optional<std::string> normalised(PointKind kind, std::string_view written, std::string_view region) {
  const auto text = trimmed(written);
  if (text.empty()) return std::nullopt;
  switch (kind) {
    case PointKind::email: return email(text);
    case PointKind::phone: return text::phone_e164(text, region);
    case PointKind::linkedin: return linkedin(text);
    case PointKind::github: return login(text, "github.com");
    case PointKind::gitlab: return login(text, "gitlab.com");
    case PointKind::website: return website(text);
    case PointKind::handle:
    case PointKind::uid: return text;
  }
  return std::nullopt;
}

bool is_role_mailbox(std::string_view email) {
  std::string box;
  for (const char c : email.substr(0, email.find_first_of("@+"))) {
    if (c != '.' && c != '-' && c != '_') box += c;
  }
  return role_mailboxes.contains(box);
}

bool identifies(PointKind kind, std::string_view value) {
  switch (kind) {
    case PointKind::linkedin:
    case PointKind::github:
    case PointKind::gitlab:
    case PointKind::uid: return true;
    case PointKind::email: return !is_role_mailbox(value);
    case PointKind::phone:
    case PointKind::website:
    case PointKind::handle: return false;
  }
  return false;
}

std::string link_to(PointKind kind, std::string_view value) {
  const std::string text(value);
  switch (kind) {
    case PointKind::email: return "mailto:" + text;
    case PointKind::phone: return "tel:" + text;
    case PointKind::linkedin: return "https://www.linkedin.com/in/" + text;
    case PointKind::github: return "https://github.com/" + text;
    case PointKind::gitlab: return "https://gitlab.com/" + text;
    case PointKind::website: return "https://" + text;
    case PointKind::handle:
    case PointKind::uid: return "";
  }
  return "";
}

}  // namespace ties
