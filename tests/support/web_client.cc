// SPDX-License-Identifier: Apache-2.0
#include "tests/support/web_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace verbatim::testing {

WebClient::WebClient(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{10, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
}

WebClient::~WebClient() {
  if (socket_ >= 0) ::close(socket_);
}

void WebClient::Send(const std::string& bytes) const {
  ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

std::string WebClient::ReadAll() const {
  std::string all;
  char bytes[4096];
  for (ssize_t n = 0; (n = ::recv(socket_, bytes, sizeof bytes, 0)) > 0;) {
    all.append(bytes, static_cast<size_t>(n));
  }
  return all;
}

std::string GetPage(uint16_t port, const std::string& path) {
  const WebClient client(port);
  client.Send("GET " + path + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) +
              "\r\nConnection: close\r\n\r\n");
  return client.ReadAll();
}

}  // namespace verbatim::testing
