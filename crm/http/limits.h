#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace ties::http {

/// Every size, number and time that clients are held to.
struct Limits {
  // Of a request.
  std::size_t target_bytes_max{8'192};
  std::size_t head_bytes_max{32'768};   ///< the request line and all headers
  std::size_t header_bytes_max{8'000};  ///< one header's line
  int headers_max{100};
  std::size_t body_bytes_max{1'000'000};  ///< of what is no upload
  std::int64_t upload_bytes_max{2'000'000'000};

  // Of all of them together.
  int connections_max{2'048};               ///< fewer where the system allows fewer descriptors
  int connections_per_peer_max{256};        ///< but from this machine
  std::int64_t held_bytes_max{64'000'000};  ///< of bodies and answers on their way; heads and small ones come on top
  int requests_max{16};                     ///< in work at once, each with a thread
  int streams_max{32};                      ///< answers that go on for long, each with a thread of its own
  int uploads_max{4};                       ///< bodies that arrive while they are read, each with a thread of its own

  // How long a client may take.
  std::chrono::milliseconds first_byte{10'000};  ///< of a fresh connection
  std::chrono::milliseconds head{10'000};
  std::chrono::milliseconds body{30'000};
  std::chrono::milliseconds idle{60'000};     ///< between two requests
  std::chrono::milliseconds waiting{20'000};  ///< of a whole request, for a thread; then it is told that we are busy
  std::chrono::milliseconds closing{2'000};   ///< to take notice that we have closed
  std::chrono::milliseconds stall{10'000};    ///< in uploads and answers: besides what the rate below allows
  std::int64_t bytes_per_second_min{4'096};   ///< of uploads, and of answers that are read
  std::chrono::milliseconds stop{10'000};     ///< for running requests to end when the service stops
};

}  // namespace ties::http
