#include "crm/domain/draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/domain/errors.h"
#include "crm/text/text.h"

namespace ties {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// A part of a template: a text, or the name of a placeholder.
struct Part {
  std::string_view text{};
  bool is_placeholder{};
};

std::vector<Part> parts_of(std::string_view text) {
  std::vector<Part> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{') continue;
    auto end = at + 1;
    while (end < text.size() && is_letter(text[end])) ++end;
    if (end == at + 1 || end >= text.size() || text[end] != '}') continue;
    if (at > begin) parts.push_back({text.substr(begin, at - begin), false});
    parts.push_back({text.substr(at + 1, end - at - 1), true});
    at = end, begin = end + 1;
  }
  if (begin < text.size()) parts.push_back({text.substr(begin), false});
  return parts;
}

std::string fill(std::string_view text, const Fillings& fillings, std::vector<Gap>& gaps) {
  std::string out;
  for (const auto& part : parts_of(text)) {
    if (!part.is_placeholder) {
      out += part.text;
      continue;
    }
    const auto known = fillings.find(part.text);
    const auto value = known == fillings.end() ? std::string() : text::clean_line(known->second.text);
    if (!value.empty()) {
      out += value;
      continue;
    }
    out += fmt::format("{{{}}}", part.text);
    const bool told =
        std::any_of(gaps.begin(), gaps.end(), [&](const Gap& gap) { return gap.placeholder == part.text; });
    if (told) continue;
    const auto why =
        known == fillings.end() || known->second.why_not.empty() ? "nothing is known" : known->second.why_not;
    gaps.push_back({std::string(part.text), fmt::format("{{{}}}: {}; write it yourself", part.text, why)});
  }
  return out;
}

}  // namespace

const std::vector<Placeholder>& placeholders() {
  static const std::vector<Placeholder> table{
      {"first_name", "what you call them: their nickname, else their given name", "Ada"},
      {"name", "their whole name", "Ada Lovelace"},
      {"title", "their title, where they work now", "Staff Engineer"},
      {"their_company", "where they work now", "Northwind"},
      {"company", "the company that it is about; where none is named, where they work now", "Northwind"},
      {"role", "the role of the application or the referral", "Compiler Engineer"},
      {"stage", "the stage in which the application stands", "Onsite"},
      {"outcome", "how the application ended", "they made an offer, and I accepted it"},
      {"event", "the event where you met", "PyCon 26"},
      {"last_talk", "the day when you were last in touch", "3 Mar 2026"},
      {"through", "who introduced you", "Grace Hopper"},
      {"asked_on", "the day when you asked for the referral", "3 Mar 2026"},
      {"promise", "what you promised them and still owe", "send the slides"},
      {"their_promise", "what they promised you and still owe", "ask her manager"},
      {"help", "what they helped you with last", "read my CV"},
      {"work", "your public work that they met, else the latest at the company, else your latest",
       "Fix the register allocator"},
      {"work_link", "its link", "https://code.example/17"},
      {"new_title", "the title of their new job", "Principal Engineer"},
      {"new_company", "the company of their new job", "Fabrikam"},
      {"interview_day", "the day of your latest interview with them", "3 Mar 2026"},
      {"my_name", "your name", "Signe Arvelund"},
      {"my_first_name", "your given name", "Signe"},
  };
  return table;
}

MessageDraft filled(const MessageTemplate& message, const Fillings& fillings) {
  MessageDraft draft;
  draft.subject = text::clean_line(fill(message.subject, fillings, draft.gaps));
  draft.text = text::clean(fill(message.text, fillings, draft.gaps));
  return draft;
}

void check_placeholders(std::string_view field, std::string_view text) {
  std::vector<std::string> names;
  for (const auto& known : placeholders()) names.emplace_back(known.name);
  for (const auto& part : parts_of(text)) {
    if (!part.is_placeholder || std::find(names.begin(), names.end(), part.text) != names.end()) continue;
    throw Wrong(fmt::format("{}: there is no placeholder '{{{}}}'{}; `ties template placeholders` lists them", field,
                            part.text, did_you_mean(part.text, names)),
                std::string(field));
  }
}

}  // namespace ties
