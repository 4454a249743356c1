#include "reports/render/render.h"

#include "crm/domain/errors.h"
#include "reports/render/tables.h"

#include <nlohmann/json.hpp>

namespace ties::reports {

std::vector<const Table*> tables_of(const Document& document) {
  std::vector<const Table*> tables;
  for (const auto& block : document.blocks) {
    if (const auto* table = std::get_if<Table>(&block)) tables.push_back(table);
    if (const auto* lanes = std::get_if<Lanes>(&block)) {
      for (const auto& lane : lanes->lanes) tables.push_back(&lane);
    }
  }
  return tables;
}

const std::vector<std::string>& formats() {
  static const std::vector<std::string> names{"text", "markdown", "html", "json", "csv", "ics"};
  return names;
}

std::string render(const Document& document, const std::string& format, const TextStyle& style, const std::string& stamp) {
  if (format == "text") return text(document, style);
  if (format == "markdown") return markdown(document);
  if (format == "html") return html(document);
  if (format == "json") return json(document).dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  if (format == "csv") return csv(document);
  if (format == "ics") return ics(document, stamp);
  throw Wrong("format: '" + format + "' is none of text, markdown, html, json, csv, ics" + did_you_mean(format, formats()));
}

}  // namespace ties::reports
