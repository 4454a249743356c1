#include "reports/render/markup.h"

#include "crm/text/text.h"

namespace ties::reports {
namespace {

constexpr std::size_t cell_bytes_max = 100'000;

}  // namespace

std::string escaped_markup(std::string_view raw) {
  std::string out;
  for (const char c : text::clean(raw, cell_bytes_max)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace ties::reports
