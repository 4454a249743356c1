#pragma once
#include <functional>
#include <span>

#include "crm/domain/words.h"
#include "crm/store/changeset.h"

/// The user's tables as those see them who know no records: exports of everything, and their description. A table that
/// a later step of the schema adds is seen as well.
namespace ties {

struct ColumnInfo {
  enum class Kind { text, lines, number, large_number, yes_no, day, moment, word, reference };

  std::string name{};
  Kind kind{};
  bool required{};                            ///< never null
  bool has_default{};                         ///< may be missing in what an older program wrote
  std::string to{};                           ///< of a reference: the table that it points to
  std::span<const std::string_view> words{};  ///< of a word: all there are
};

struct TableInfo {
  std::string name{};
  std::string about{};                ///< one sentence; empty for a table that no record stands for
  std::vector<ColumnInfo> columns{};  ///< without those that are computed from others
  std::size_t key{};                  ///< of the columns, the one by which rows are named and ordered
  std::string private_column{};       ///< leaves empty, unless private things were asked for
};

/// What stands in the way of a row, by its table and number.
struct RowFault {
  std::string table{};
  std::int64_t id{};
  std::string what{};  ///< "company points to a company 7 that is not there"
};

}  // namespace ties
