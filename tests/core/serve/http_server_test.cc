// SPDX-License-Identifier: Apache-2.0
// The server over plain sockets, as browsers, programs and troublemakers use it.
#include "core/serve/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/support/web_client.h"

namespace verbatim::serve {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Client = verbatim::testing::WebClient;

class Serving : public ::testing::Test {
 protected:
  void Start(ServerOptions options = {}) {
    options.policy = "default-src 'none'; script-src 'self'";
    auto server = HttpServer::Listen(options, [](const Request& request) {
      return Response{request.path == "/here" ? 200u : 404u, "text/plain",
                      "path=" + request.path + " query=" + request.query};
    });
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = std::move(*server);
    thread_ = std::thread([this] { server_->Run(); });
  }
  void TearDown() override {
    if (server_ == nullptr) return;
    server_->Stop();
    thread_.join();
  }

  std::string Host() const { return "Host: 127.0.0.1:" + std::to_string(server_->port()) + "\r\n"; }
  // One request whose connection ends with its answer.
  std::string Ask(const std::string& line, const std::string& headers) const {
    const Client client(server_->port());
    client.Send(line + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
    return client.ReadAll();
  }
  std::string Ask(const std::string& line) const { return Ask(line, Host()); }

  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
};

TEST_F(Serving, AnswersWithWhatKeepsBrowsersStrict) {
  Start();
  const std::string answer = Ask("GET /here?seq=40");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self'"));
  EXPECT_THAT(answer, HasSubstr("X-Content-Type-Options: nosniff"));
  EXPECT_THAT(answer, HasSubstr("Referrer-Policy: no-referrer"));
  EXPECT_THAT(answer, HasSubstr("\r\n\r\npath=/here query=seq=40"));
  EXPECT_THAT(Ask("GET /../../etc/passwd"), HasSubstr("path=/../../etc/passwd"));
  EXPECT_THAT(Ask("GET /nowhere"), StartsWith("HTTP/1.1 404"));
}

TEST_F(Serving, HeadHasTheHeadersAlone) {
  Start();
  const std::string answer = Ask("HEAD /here");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(answer, HasSubstr("Content-Length: 17\r\n"));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
}

TEST_F(Serving, NothingIsTaken) {
  Start();
  for (const char* const method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"}) {
    const std::string answer = Ask(std::string(method) + " /here");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 405")) << method;
    EXPECT_THAT(answer, HasSubstr("Allow: GET, HEAD"));
  }
  EXPECT_THAT(Ask("GET /here", Host() + "Content-Length: 5\r\n"), StartsWith("HTTP/1.1 413"));
}

TEST_F(Serving, OnlyUnderANameOfThisMachine) {
  Start();
  const std::string port = std::to_string(server_->port());
  for (const std::string& own : {"localhost:" + port, "LOCALHOST:" + port, "[::1]:" + port}) {
    EXPECT_THAT(Ask("GET /here", "Host: " + own + "\r\n"), StartsWith("HTTP/1.1 200")) << own;
  }
  for (const std::string& other :
       {std::string("elsewhere.example"), "elsewhere.example:" + port, std::string("localhost"),
        std::string("localhost:1"), "127.0.0.1.elsewhere.example:" + port, std::string()}) {
    EXPECT_THAT(Ask("GET /here", "Host: " + other + "\r\n"), StartsWith("HTTP/1.1 421")) << other;
  }
  EXPECT_THAT(Ask("GET /here", ""), StartsWith("HTTP/1.1 421"));
  EXPECT_THAT(Ask("GET /here", Host() + Host()), Not(HasSubstr("path=")));
  // A proxy's form of a request names its host in the line.
  EXPECT_THAT(Ask("GET http://elsewhere.example/here"), StartsWith("HTTP/1.1 400"));
}

TEST_F(Serving, OneConnectionForSeveralRequests) {
  Start();
  const Client client(server_->port());
  client.Send("GET /here HTTP/1.1\r\n" + Host() + "\r\nGET /here?2 HTTP/1.1\r\n" + Host() +
              "Connection: close\r\n\r\n");
  const std::string answers = client.ReadAll();
  EXPECT_THAT(answers, HasSubstr("query=HTTP/1.1 200"));
  EXPECT_THAT(answers, HasSubstr("query=2"));
}

TEST_F(Serving, WhatIsTooLargeOrNoRequestIsRefused) {
  Start();
  EXPECT_THAT(Ask("GET /here", Host() + "X: " + std::string(20'000, 'x') + "\r\n"),
              StartsWith("HTTP/1.1 431"));
  const Client client(server_->port());
  client.Send("\x16\x03\x01 no HTTP\r\n\r\n");
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 400"));
  EXPECT_THAT(Ask("GET /here"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Serving, WhoSendsSlowlyIsCutOff) {
  Start({.request_ms = 200});
  const Client slow(server_->port());
  slow.Send("GET /here HTTP/1.1\r\n");
  EXPECT_EQ(slow.ReadAll(), "");  // closed by the server, long before the client's patience ends
  EXPECT_THAT(Ask("GET /here"), StartsWith("HTTP/1.1 200"));
}

TEST_F(Serving, ConnectionsAreBounded) {
  Start({.connections_max = 2, .request_ms = 60'000});
  std::vector<Client> idle;
  for (int i = 0; i < 2; ++i) idle.emplace_back(server_->port());
  // A third one is closed at once; when one has left there is room again.
  EXPECT_EQ(Ask("GET /here"), "");
  idle.pop_back();
  std::string answer;
  for (int i = 0; i < 50 && answer.empty(); ++i) {
    answer = Ask("GET /here");
    if (answer.empty()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
}

TEST(Listening, OnLoopbackAlone) {
  const Handler none = [](const Request&) { return Response(); };
  for (const char* const address : {"0.0.0.0", "192.0.2.1", "::", "localhost", ""}) {
    ServerOptions options;
    options.address = address;
    EXPECT_EQ(HttpServer::Listen(options, none).status().code(), absl::StatusCode::kInvalidArgument)
        << address;
  }
  const auto first = HttpServer::Listen({}, none);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ((*first)->Url(), "http://127.0.0.1:" + std::to_string((*first)->port()) + "/");
  ServerOptions same;
  same.port = (*first)->port();
  const auto second = HttpServer::Listen(same, none);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr("--port 0"));
}

}  // namespace
}  // namespace verbatim::serve
