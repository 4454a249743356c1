#pragma once
#include <unistd.h>

#include <filesystem>

#include "crm/store/store.h"

namespace ties {

/// A folder that is there for one test, with the name of a file in it.
struct Temporary {
  std::filesystem::path folder;
  std::filesystem::path file;

  Temporary() {
    auto name = (std::filesystem::temp_directory_path() / "ties_store_test_XXXXXX").string();
    folder = mkdtemp(name.data());
    file = folder / "ties.db";
  }
  ~Temporary() { std::filesystem::remove_all(folder); }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
};

inline Contact called(const std::string& name) {
  Contact contact;
  contact.display = name;
  contact.source = "hand";
  return contact;
}

/// Keeps a contact, as one change.
inline Id<Contact> add_contact(Store& store, const std::string& name) {
  OpenChange change(store.journal(), "2026-03-04T12:00:00Z", "test");
  const auto id = store.add(called(name));
  change.commit("added " + name);
  return id;
}

/// What the error says; empty when there is none.
template <class Work>
std::string refusal(const std::filesystem::path& file, Work work) {
  try {
    in_plain_words(file, work);
  } catch (const StoreError& error) {
    return error.what();
  }
  return {};
}

}  // namespace ties
