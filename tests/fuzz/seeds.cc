// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzzers with the product's own writers: fuzz-seeds FOLDER.
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "core/base/hex.h"
#include "core/log/body.h"
#include "core/log/header_codec.h"
#include "core/merkle/bundle.h"
#include "core/merkle/frontier.h"
#include "core/merkle/note.h"
#include "tests/faults/story.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/plugin.pb.h"

namespace verbatim::fuzz {
namespace {

namespace fs = std::filesystem;
using Seeds = std::map<std::string, std::string>;  // "fuzzer/name" to bytes

// From each unit one event with its header.
std::vector<std::string> Headers(Seeds& seeds) {
  std::vector<std::string> headers;
  for (uint64_t number = 0; number < 4; ++number) {
    for (const log::NewEvent& event : faults::UnitOf(3, number).events) {
      log::HeaderFacts facts;
      facts.stream_version = headers.size() * 100;
      facts.recorded_at_us = 1'800'000'000'000'000 + headers.size();
      facts.body_digest = base::Sha256(event.body);
      facts.body_size = event.body.size();
      std::string header;
      log::EncodeHeader(event, log::EncodeActor(event.actor), facts, header);
      seeds["header/" + std::to_string(headers.size())] = header;
      headers.push_back(header);
    }
  }
  return headers;
}

void Bodies(Seeds& seeds) {
  for (uint64_t number = 0; number < 6; ++number) {
    for (const log::NewEvent& event : faults::UnitOf(3, number).events) {
      const bool article = event.type == "verbatim.v1.ArticleIngested";
      const char kind = article ? '\0' : event.type == "verbatim.v1.AnnotationAdded" ? '\1' : '\4';
      if (event.body.size() < 800) {
        seeds["body/" + std::to_string(number) +
              (article        ? "a"
               : kind == '\1' ? "n"
                              : "s")] = kind + event.body;
      }
    }
  }
  v1::ContentErased erased;
  erased.set_reason_code("court-order");
  erased.add_erased(12);
  seeds["body/erased"] = '\3' + log::EncodeBody(erased).value();
}

void Proofs(Seeds& seeds, const std::vector<std::string>& headers) {
  const auto key = merkle::SigningKey::FromSeed("fuzz.example", std::string(32, 'k')).value();
  std::vector<merkle::Hash> leaves;
  merkle::Frontier frontier;
  for (const std::string& header : headers) {
    leaves.push_back(merkle::LeafHash(header));
    frontier.Append(leaves.back());
  }
  merkle::Checkpoint checkpoint;
  checkpoint.origin = "fuzz.example";
  checkpoint.size = leaves.size();
  checkpoint.root = frontier.Root();
  const std::string text = merkle::CheckpointText(checkpoint);
  const std::string note = merkle::SignNote(text, key).value();
  seeds["checkpoint/text"] = text;
  seeds["checkpoint/note"] = note;
  seeds["checkpoint/key"] = key.verifying_key().ToString();
  seeds["checkpoint/signing"] = key.ToString();
  seeds["tile/frontier"] = frontier.Serialize();
  seeds["tile/own"] = std::string("\0\x48\x08leaf", 7);
  seeds["tile/foreign"] = std::string("\1\2\3\0", 4) + std::string(100, 'h');

  // A tree of one event: its proof is empty, and its leaf the root.
  merkle::Checkpoint one;
  one.origin = checkpoint.origin;
  one.size = 1;
  one.root = leaves[0];
  merkle::ProofBundle bundle;
  bundle.subject.sequence = 1;
  bundle.key = key.verifying_key();
  bundle.note = merkle::SignNote(merkle::CheckpointText(one), key).value();
  bundle.events.resize(1);
  bundle.events[0].sequence = 1;
  bundle.events[0].header = headers[0];
  bundle.events[0].body_state = merkle::BodyState::kWithheld;
  seeds["bundle/withheld"] = merkle::EncodeBundle(bundle);
  bundle.events[0].body_state = merkle::BodyState::kThere;
  bundle.events[0].salt = std::string(merkle::kBodySaltBytes, 's');
  bundle.events[0].body = "a body";
  seeds["bundle/there"] = merkle::EncodeBundle(bundle);
}

std::string Piece(char type, const std::string& body) {
  return type + std::string(1, static_cast<char>(body.size() >> 8)) +
         std::string(1, static_cast<char>(body.size() & 0xff)) + body;
}

void Settings(Seeds& seeds) {
  v1::ArchiveCreated created;
  created.set_archive_id(std::string(16, 'a'));
  created.set_format(1);
  v1::SettingChanged setting;
  setting.set_key("user.name");
  setting.set_value("Ana");
  v1::PluginPinned pinned;
  pinned.mutable_manifest()->set_name("tides");
  pinned.mutable_manifest()->add_views()->set_name("tides");
  pinned.set_code_sha256(std::string(32, 'c'));
  v1::PluginStateChanged state;
  state.set_plugin("tides");
  seeds["settings/some"] =
      Piece(0, created.SerializeAsString()) + Piece(1, setting.SerializeAsString()) +
      Piece(2, pinned.SerializeAsString()) + Piece(4, state.SerializeAsString());
  seeds["elf/manifest"] = pinned.manifest().SerializeAsString() + std::string(80, '\0');
  std::string elf(
      "\x7f"
      "ELF\2\1\1",
      7);
  elf.resize(64, '\0');
  elf[16] = 3;   // a shared object
  elf[18] = 62;  // x86-64
  elf[52] = 64;
  elf[58] = 64;
  seeds["elf/head"] = elf;
}

void Texts(Seeds& seeds) {
  int number = 0;
  for (const char* time : {"@1043", "2026-11", "2026-11-01", "2026-11-20T10:00Z", "yesterday", "3d",
                           "2021-10-20T09:00+02:00"}) {
    seeds["text/time" + std::to_string(number++)] = std::string(1, '\0') + time;
  }
  seeds["text/url"] = "\1https://News.Example:443/a/../b?utm_source=x&q=%7e#top";
  seeds["text/plain"] = "\2The harbour opens on Monday.\r\n\r\nBoats wait.\n";
  seeds["frames/two"] = std::string("\0\0\0\2pab\0\0\0\0d", 12);
}

int Write(const fs::path& folder) {
  Seeds seeds;
  const std::vector<std::string> headers = Headers(seeds);
  Bodies(seeds);
  Proofs(seeds, headers);
  Settings(seeds);
  Texts(seeds);
  for (const auto& [name, bytes] : seeds) {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << bytes;
  }
  return 0;
}

}  // namespace
}  // namespace verbatim::fuzz

int main(int count, char** words) { return count == 2 ? verbatim::fuzz::Write(words[1]) : 64; }
