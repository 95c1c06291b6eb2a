// SPDX-License-Identifier: Apache-2.0
// A small web server for people on this machine: loopback only, read-only, one thread. It knows
// nothing of what it serves.
//
//   VB_ASSIGN_OR_RETURN(auto server, HttpServer::Listen({.port = 0}, handler));
//   std::puts(server->Url().c_str());
//   server->Run();  // until SIGINT, SIGTERM or Stop
//
// Only GET and HEAD are answered, and only under a name of this machine in Host: a page elsewhere
// whose name was made to lead here (DNS rebinding) gets nothing. Every answer carries the policy
// and what else keeps browsers strict. Sizes, times and connections are bounded by limits.h.
#ifndef VERBATIM_CORE_SERVE_HTTP_SERVER_H_
#define VERBATIM_CORE_SERVE_HTTP_SERVER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/serve/limits.h"

namespace verbatim::serve {

struct Request {
  std::string path;   // as it was sent: begins with '/', nothing decoded
  std::string query;  // behind '?', nothing decoded; empty: there was none
};

struct Response {
  unsigned status = 200;
  std::string media_type = "text/html; charset=utf-8";
  std::string body = {};
};

// Called on the thread of Run, one request after the other.
using Handler = std::function<Response(const Request&)>;

struct ServerOptions {
  std::string address = "127.0.0.1";          // or ::1
  uint16_t port = 0;                          // 0: any free one
  std::string policy = "default-src 'none'";  // Content-Security-Policy of every answer
  size_t connections_max = kConnectionsMax;
  uint64_t request_ms = kRequestMs;
};

class HttpServer {
 public:
  // Listens from here on. kInvalidArgument: the address is not this machine's own loopback;
  // kUnavailable: the port is taken.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Listen(const ServerOptions& options,
                                                            Handler handler);
  virtual ~HttpServer() = default;

  virtual uint16_t port() const = 0;
  // "http://127.0.0.1:8700/"
  virtual std::string Url() const = 0;
  // Returns after SIGINT, SIGTERM or Stop; what was being sent is cut off.
  virtual void Run() = 0;
  // From any thread.
  virtual void Stop() = 0;
};

// Is this a name of the loopback on that port, as a browser sends it? "localhost:8700".
bool IsOwnHost(std::string_view host, uint16_t port);

}  // namespace verbatim::serve

#endif  // VERBATIM_CORE_SERVE_HTTP_SERVER_H_
