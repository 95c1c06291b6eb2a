// SPDX-License-Identifier: Apache-2.0
// The only file with Boost.Beast, which is taken for its parser and for deadlines on whole
// requests: a client that sends a byte now and then holds no thread and is cut off like any other.
#include "core/serve/http_server.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace verbatim::serve {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Milliseconds = std::chrono::milliseconds;

std::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }

// What all connections share. Lives as long as the server.
struct Shared {
  ServerOptions options;
  Handler handler;
  uint16_t port = 0;
  size_t connections = 0;
};

Response Refusal(http::status status, std::string_view why) {
  return {static_cast<unsigned>(status), "text/plain; charset=utf-8",
          absl::StrCat(std::string(why), "\n")};
}

// One connection: requests one after the other, each within its time.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {
    ++shared_.connections;
  }
  ~Session() { --shared_.connections; }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void Read() {
    parser_.emplace();
    parser_->header_limit(kHeaderBytesMax);
    parser_->body_limit(uint64_t{0});
    stream_.expires_after(Milliseconds(shared_.options.request_ms));
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](error_code error, size_t) { self->Answer(error); });
  }

 private:
  void Answer(error_code error) {
    if (error == http::error::header_limit) {
      return Write(Refusal(http::status::request_header_fields_too_large, "headers too large"),
                   false, false);
    }
    if (error == http::error::body_limit) {
      return Write(Refusal(http::status::payload_too_large, "nothing is taken here"), false, false);
    }
    if (error && error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message) {
      return Write(Refusal(http::status::bad_request, "no request of HTTP"), false, false);
    }
    if (error) return;  // gone, or out of time: the socket closes with the session
    const http::request<http::empty_body>& request = parser_->get();
    Write(ResponseTo(request), request.method() == http::verb::head, request.keep_alive());
  }

  Response ResponseTo(const http::request<http::empty_body>& request) const {
    if (request.count(http::field::host) != 1 ||
        !IsOwnHost(View(request[http::field::host]), shared_.port)) {
      return Refusal(http::status::misdirected_request,
                     "this server answers to localhost, 127.0.0.1 and [::1] only");
    }
    if (request.method() != http::verb::get && request.method() != http::verb::head) {
      return Refusal(http::status::method_not_allowed, "GET and HEAD are all there is");
    }
    const std::string_view target = View(request.target());
    if (!target.starts_with('/')) return Refusal(http::status::bad_request, "no path");
    const size_t question = std::min(target.find('?'), target.size());
    Request asked;
    asked.path = target.substr(0, question);
    asked.query = target.substr(std::min(question + 1, target.size()));
    return shared_.handler(asked);
  }

  void Write(Response response, bool head, bool keep) {
    answer_.emplace(static_cast<http::status>(response.status), 11);
    answer_->set(http::field::content_type, response.media_type);
    answer_->set(http::field::cache_control, "no-store");
    answer_->set("Content-Security-Policy", shared_.options.policy);
    answer_->set("X-Content-Type-Options", "nosniff");
    answer_->set("Referrer-Policy", "no-referrer");
    answer_->set("Cross-Origin-Opener-Policy", "same-origin");
    answer_->set("Cross-Origin-Resource-Policy", "same-origin");
    if (response.status == static_cast<unsigned>(http::status::method_not_allowed)) {
      answer_->set(http::field::allow, "GET, HEAD");
    }
    answer_->keep_alive(keep);
    answer_->content_length(response.body.size());
    if (!head) answer_->body() = std::move(response.body);
    stream_.expires_after(Milliseconds(kAnswerMs));
    auto written = [self = shared_from_this(), keep](error_code error, size_t) {
      if (!error && keep) return self->Read();
      self->Close();
    };
    serializer_.emplace(*answer_);
    if (head) {
      http::async_write_header(stream_, *serializer_, std::move(written));
    } else {
      http::async_write(stream_, *serializer_, std::move(written));
    }
  }

  void Close() {
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  Shared& shared_;
  beast::flat_buffer buffer_{2 * kHeaderBytesMax};
  std::optional<http::request_parser<http::empty_body>> parser_;
  std::optional<http::response<http::string_body>> answer_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
};

class Server : public HttpServer {
 public:
  Server(const ServerOptions& options, Handler handler)
      : shared_{options, std::move(handler), 0, 0}, acceptor_(context_), signals_(context_) {}

  absl::Status Open() {
    error_code error;
    const auto address = asio::ip::make_address(shared_.options.address, error);
    if (error || !address.is_loopback()) {
      return absl::InvalidArgumentError(absl::StrCat("'", shared_.options.address,
                                                     "' is not a loopback address of this machine: "
                                                     "there are 127.0.0.1 and ::1"));
    }
    const tcp::endpoint place(address, shared_.options.port);
    acceptor_.open(place.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(place, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return absl::UnavailableError(absl::StrCat("cannot listen on ", shared_.options.address, ":",
                                                 shared_.options.port, ": ", error.message(),
                                                 " (--port 0 takes any free one)"));
    }
    shared_.port = acceptor_.local_endpoint().port();
    return absl::OkStatus();
  }

  uint16_t port() const override { return shared_.port; }

  std::string Url() const override {
    const bool six = shared_.options.address.find(':') != std::string::npos;
    return absl::StrCat("http://", six ? "[" : "", shared_.options.address, six ? "]" : "", ":",
                        shared_.port, "/");
  }

  void Run() override {
    error_code error;
    signals_.add(SIGINT, error);
    if (!error) signals_.add(SIGTERM, error);
    signals_.async_wait([this](error_code failed, int) {
      if (!failed) context_.stop();
    });
    Accept();
    context_.run();
  }

  void Stop() override { context_.stop(); }

 private:
  void Accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      // One more than there may be is closed at once.
      if (!error && shared_.connections < shared_.options.connections_max) {
        std::make_shared<Session>(std::move(socket), shared_)->Read();
      }
      Accept();
    });
  }

  Shared shared_;  // outlives the context, whose sessions count themselves out in it
  asio::io_context context_{1};
  tcp::acceptor acceptor_;
  asio::signal_set signals_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<HttpServer>> HttpServer::Listen(const ServerOptions& options,
                                                               Handler handler) {
  auto server = std::make_unique<Server>(options, std::move(handler));
  VB_RETURN_IF_ERROR(server->Open());
  return std::unique_ptr<HttpServer>(std::move(server));
}

bool IsOwnHost(std::string_view host, uint16_t port) {
  const std::string lower = absl::AsciiStrToLower(absl::string_view(host.data(), host.size()));
  for (const char* const name : {"localhost", "127.0.0.1", "[::1]"}) {
    if (lower == absl::StrCat(name, ":", port)) return true;
    if (port == 80 && lower == name) return true;
  }
  return false;
}

}  // namespace verbatim::serve
