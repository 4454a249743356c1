#include "importers/vcard_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"

namespace ties::importers::vcard_parts {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "03-22" of "03-22" and "0322"; nothing where no year has such a day.
std::optional<std::string> month_and_day(std::string_view text) {
  std::string digits(text);
  if (digits.size() == 5 && digits[2] == '-') digits.erase(2, 1);
  if (digits.size() != 4 || !is_digits(digits)) return std::nullopt;
  const auto shape = fmt::format("{}-{}", digits.substr(0, 2), digits.substr(2));
  return date_from_text("2000-" + shape) ? std::optional(shape) : std::nullopt;
}

bool is_base64(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '=';
  });
}

/// "jpeg", "svg+xml"
bool is_picture_type(std::string_view type) {
  return !type.empty() && type.size() < 40 && std::all_of(type.begin(), type.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

bool is_unreserved(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || byte >= 0x80 ||
         "-._~@+"sv.find(c) != std::string_view::npos;
}

int hex(char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto at = digits.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - ('a' - 'A')) : c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::optional<std::string> birthday_of(std::string_view value, std::string_view omitted) {
  auto text = text::clean_line(value, 100);
  const auto time = std::min(text.find_first_of("T "), text.size());
  if (time + 1 < text.size() && is_digits(text.substr(time + 1, 1))) text.resize(time);
  if (text.starts_with("--")) {
    const auto day = month_and_day(std::string_view(text).substr(2));
    return day ? std::optional("--" + *day) : std::nullopt;
  }
  if (text.size() == 8 && is_digits(text))
    text = fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6));
  if (!omitted.empty() && text.size() == 10 && text.starts_with(omitted)) {
    if (const auto day = month_and_day(std::string_view(text).substr(5))) return "--" + *day;
  }
  return is_partial_date(text) && !text.starts_with("0000") ? std::optional(text) : std::nullopt;
}

std::optional<Person::Extra> picture_of(const CardProperty& property) {
  constexpr std::string_view address = "data:image/", base64 = ";base64,";
  const auto value = unescaped(property.value);
  std::string type, data;
  if (text::lower(value.substr(0, address.size())) == address) {
    const auto comma = value.find(base64);
    if (comma == std::string::npos) return std::nullopt;
    type = value.substr(address.size(), comma - address.size());
    data = value.substr(comma + base64.size());
  } else if (property.has("ENCODING", "b") || property.has("ENCODING", "base64")) {
    data = value;
  }
  for (const auto& [name, said] : property.parameters) {
    const bool is_form = name == "ENCODING" || name == "VALUE" || name == "MEDIATYPE";
    if (name == "TYPE" && type.empty()) {
      type = said.substr(text::lower(said).starts_with("image/") ? 6 : 0);
    } else if (!is_form && !(name == "TYPE" && text::lower(said) == text::lower(type))) {
      return std::nullopt;
    }
  }
  type = text::lower(type);
  if (type == "jpg") type = "jpeg";
  if (!is_picture_type(type) || !is_base64(data)) return std::nullopt;
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  const auto name = property.group.empty() ? property.name : property.group + "." + property.name;
  return Person::Extra{fmt::format("{};ENCODING=b;TYPE={}", name, type), data};
}

std::optional<std::string> picture_address(const Person::Extra& extra) {
  const auto head = card_head(extra.name);
  if (!head || (head->name != "PHOTO" && head->name != "LOGO") || head->parameters.size() != 2) return std::nullopt;
  if (!head->has("ENCODING", "b") || head->parameter("TYPE").empty() || !is_base64(extra.value)) return std::nullopt;
  const auto type = text::lower(head->parameter("TYPE"));
  if (!is_picture_type(type)) return std::nullopt;
  return fmt::format("data:image/{};base64,{}", type, extra.value);
}

std::string place_of(std::string_view address) {
  constexpr std::size_t city = 3, region = 4, country = 6;
  std::vector<std::string> lines;
  for (const auto& part : parts_of(address, ';')) {
    std::string line;
    for (const char c : part) line += c == '\n' ? ", " : std::string(1, c);
    lines.push_back(text::clean_line(line, 300));
  }
  std::string place, whole;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].empty()) continue;
    whole += (whole.empty() ? "" : ", ") + lines[i];
    if (i == city || i == region || i == country) place += (place.empty() ? "" : ", ") + lines[i];
  }
  return text::clean_line(place.empty() ? whole : place, 500);
}

PointKind kind_of_address(std::string_view url) {
  const auto address = normalised(PointKind::website, url.substr(0, 2'000));
  if (!address) return PointKind::website;
  const auto slash = std::min(address->find('/'), address->size());
  const auto host = std::string_view(*address).substr(0, slash);
  auto path = std::string_view(*address).substr(slash);
  path = path.substr(0, path.find_first_of("?#"));
  if (host == "linkedin.com" || host.ends_with(".linkedin.com")) {
    const bool profile = path.starts_with("/in/") || path.starts_with("/pub/");
    return profile && normalised(PointKind::linkedin, url) ? PointKind::linkedin : PointKind::website;
  }
  const auto login = path.empty() ? path : path.substr(1);
  if (login.empty() || login.find('/') != std::string_view::npos) return PointKind::website;
  if (host == "github.com" && normalised(PointKind::github, url)) return PointKind::github;
  if (host == "gitlab.com" && normalised(PointKind::gitlab, url)) return PointKind::gitlab;
  return PointKind::website;
}

std::span<const TypeLabel> type_labels() {
  static constexpr std::array labels{
      TypeLabel{"work", "WORK", false},
      TypeLabel{"home", "HOME", false},
      TypeLabel{"mobile", "CELL", true},
      TypeLabel{"fax", "FAX", true},
      TypeLabel{"work fax", "WORK,FAX", true},
      TypeLabel{"home fax", "HOME,FAX", true},
      TypeLabel{"work mobile", "WORK,CELL", true},
      TypeLabel{"pager", "PAGER", true},
  };
  return labels;
}

std::string label_of_text(std::string_view text) {
  constexpr std::size_t label_bytes_max = 100;
  auto label = text::clean_line(text, label_bytes_max);
  if (label.starts_with("_$!<") && label.ends_with(">!$_") && label.size() > 8) {
    return text::lower(label.substr(4, label.size() - 8));
  }
  const auto small = text::lower(label);
  const auto labels = type_labels();
  const bool known = std::any_of(labels.begin(), labels.end(), [&](const auto& each) { return each.label == small; });
  return known ? small : label;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() && hex(text[at + 1]) >= 0 && hex(text[at + 2]) >= 0) {
      decoded += static_cast<char>(hex(text[at + 1]) * 16 + hex(text[at + 2]));
      at += 2;
    } else {
      decoded += text[at];
    }
  }
  return decoded;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) encoded += is_unreserved(c) ? std::string(1, c) : fmt::format("%{:02X}", c);
  return encoded;
}

std::string departments_of(const std::vector<std::string>& organisation) {
  std::string departments;
  for (std::size_t i = 1; i < organisation.size(); ++i) {
    const auto department = text::clean_line(organisation[i], 500);
    if (!department.empty()) departments += (departments.empty() ? "" : ";") + department;
  }
  return departments;
}

}  // namespace ties::importers::vcard_parts
