#pragma once
#include "crm/service/verb.h"

#include <filesystem>
#include <fstream>

/// A fresh file in memory and a day that stands still: what every test of the service starts from.
namespace ties {

struct World {
  Store store{":memory:"};
  Crm crm{store, Clock(date_from_text("2026-03-04"), "Europe/Oslo"), Config{}, "test"};

  Answer run(std::string_view verb, Args::Raw raw = {}, bool go_on = false) { return ties::run(crm, verb, std::move(raw), go_on); }
  void day(const char* text) { crm.clock = Clock(date_from_text(text), "Europe/Oslo"); }
  /// Everything that the user's tables hold, as one text: equal texts are equal files.
  std::string dump() { return store.dump(); }

  static std::string sample(const std::string& name) { return std::string(TIES_SOURCE_DIR) + "/samples/" + name; }
};

}  // namespace ties
