// SPDX-License-Identifier: Apache-2.0
#include "tools/verbatim/person.h"

#include <cstdlib>

namespace verbatim::tool {

v1::Actor PersonActor(const Cli& cli, const archive::Archive& archive) {
  std::string handle = cli.person;
  if (handle.empty()) handle = archive.catalog().Setting("user.name");
  if (const char* user = std::getenv("USER"); handle.empty() && user != nullptr) handle = user;
  return article::PersonActor(handle.empty() ? "unknown" : handle);
}

}  // namespace verbatim::tool
