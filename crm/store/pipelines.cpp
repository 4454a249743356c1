#include "crm/store/store.h"

namespace ties {

std::optional<Pipeline> Store::pipeline_keyed(const std::string& key) { return select_one<Pipeline>("WHERE key = ?", key); }

std::optional<Pipeline> Store::standard_pipeline() { return select_one<Pipeline>("ORDER BY standard DESC, id LIMIT 1"); }

std::vector<Stage> Store::stages(Id<Pipeline> pipeline) { return select<Stage>("WHERE pipeline = ? ORDER BY position, id", pipeline); }

std::vector<Application> Store::applications_in(Id<Stage> stage) { return select<Application>("WHERE stage = ? ORDER BY id", stage); }

}  // namespace ties
