// SPDX-License-Identifier: Apache-2.0
// Plain sockets to a server on this machine: a client that sends what it likes, well-formed or not.
#ifndef VERBATIM_TESTS_SUPPORT_WEB_CLIENT_H_
#define VERBATIM_TESTS_SUPPORT_WEB_CLIENT_H_

#include <cstdint>
#include <string>
#include <utility>

namespace verbatim::testing {

// One connection to 127.0.0.1. Reads give up after some seconds.
class WebClient {
 public:
  explicit WebClient(uint16_t port);
  WebClient(WebClient&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  WebClient& operator=(WebClient&&) = delete;
  ~WebClient();
  void Send(const std::string& bytes) const;
  // All until the server closes.
  std::string ReadAll() const;

 private:
  int socket_;
};

// The whole answer, headers too, to a GET of the path on a connection of its own.
std::string GetPage(uint16_t port, const std::string& path);

}  // namespace verbatim::testing

#endif  // VERBATIM_TESTS_SUPPORT_WEB_CLIENT_H_
