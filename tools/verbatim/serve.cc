// SPDX-License-Identifier: Apache-2.0
// verbatim serve: the archive's pages in a browser, live, for people on this machine.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/archive/serving.h"
#include "tools/verbatim/cli.h"
#include "tools/verbatim/exchange.h"

namespace verbatim::tool {
namespace {

constexpr uint16_t kUsualPort = 8700;

struct Arguments {
  uint16_t port = kUsualPort;
  std::string address = "127.0.0.1";
};

absl::StatusOr<Exit> Run(const Cli& cli, const Arguments& arguments) {
  VB_ASSIGN_OR_RETURN(const auto archive, cli.Open(archive::Access::kRead));
  archive::ArchivePages pages(*archive);
  serve::ServerOptions options;
  options.address = arguments.address;
  options.port = arguments.port;
  options.policy = archive::ArchivePages::Policy();
  VB_ASSIGN_OR_RETURN(const auto server,
                      serve::HttpServer::Listen(options, [&](const serve::Request& request) {
                        return pages.Answer(request);
                      }));
  std::printf("%s\n", server->Url().c_str());
  std::fflush(stdout);
  cli.Say("read-only, for this machine alone; ends with Ctrl-C");
  server->Run();
  return kDone;
}

}  // namespace

void AddServe(CLI::App& app, Cli& cli) {
  CLI::App* verb =
      AddVerb(app, "serve", "Show the archive's pages in a browser, live and read-only",
              "verbatim serve\n"
              "  verbatim serve --port 0 --address ::1    # any free port; its address is printed");
  auto arguments = SetRun(verb, cli, &Run);
  verb->add_option("--port", arguments->port, "Port to listen on; 0: any free one")
      ->capture_default_str();
  verb->add_option("--address", arguments->address,
                   "127.0.0.1 or ::1; nothing but this machine's own loopback is taken")
      ->capture_default_str();
}

}  // namespace verbatim::tool
