#pragma once
#include "reports/document.h"

namespace ties::reports {

/// Every table of a document, those of lanes too, in their order.
std::vector<const Table*> tables_of(const Document& document);

}  // namespace ties::reports
