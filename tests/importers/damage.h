#pragma once
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace ties::importers {

/// What happens to files on their way: signs lost, changed, doubled and put in, and the end cut off.
class Damage {
 public:
  explicit Damage(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
  std::string of(std::string bytes, std::string_view odd) {
    for (std::size_t times = 1 + below(8); times > 0 && !bytes.empty(); --times) {
      const auto at = below(bytes.size());
      switch (below(5)) {
        case 0:
          bytes.insert(at, 1 + below(3), odd[below(odd.size())]);
          break;
        case 1:
          bytes.erase(at, 1 + below(40));
          break;
        case 2:
          bytes.insert(at, bytes.substr(below(bytes.size()), below(200)));
          break;
        case 3:
          if (below(4) == 0) bytes.resize(at);
          break;
        default:
          bytes[at] = static_cast<char>(below(256));
      }
    }
    return bytes;
  }

 private:
  std::mt19937 random_;
};

}  // namespace ties::importers
