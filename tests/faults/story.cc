// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/story.h"

#include <random>

#include "core/base/check.h"
#include "core/base/hex.h"
#include "core/base/ids.h"
#include "core/base/sha256.h"
#include "core/log/body.h"
#include "verbatim/v1/annotation.pb.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/article.pb.h"

namespace verbatim::faults {
namespace {

constexpr uint64_t kFirstMs = 1'800'000'000'000;

class Teller {
 public:
  Teller(uint32_t writer, uint64_t number)
      : writer_(writer), number_(number), random_(number * 256 + writer) {}

  log::Unit Tell() {
    v1::SettingChanged script;
    script.set_key("script");
    script.set_value(Script());
    Add("archive", script);
    if (Below(4) != 0) Article();
    return std::move(unit_);
  }

 private:
  uint64_t Below(uint64_t end) { return random_() % end; }
  static std::string Key(uint64_t number) { return base::ToHex(std::to_string(number)); }

  std::string Script() {
    std::string script;
    const uint64_t steps = 1 + Below(4);
    for (uint64_t i = 0; i < steps; ++i) {
      const std::string table = std::to_string(Below(3));
      const std::string key = Key(Below(20));
      switch (Below(5)) {
        case 0:
          script += "erase " + table + " " + key + "\n";
          break;
        case 1:
          script += "get " + table + " " + key + " 0 " + Key(Below(20)) + "\n";
          break;
        default:
          script += "put " + table + " " + key + " " +
                    base::ToHex(std::string(1 + Below(300), static_cast<char>('a' + Below(26)))) +
                    "\n";
      }
    }
    return script;
  }

  void Article() {
    const std::string article =
        base::ToString(base::Sha256(std::to_string(writer_) + "/" + std::to_string(number_)))
            .substr(0, base::kIdBytes);
    const std::string stream = base::ToHex(article);
    std::string text = "Article " + std::to_string(number_) + ". ";
    const uint64_t bytes = Below(8) == 0 ? 12'000 : Below(1'500);
    while (text.size() < bytes) text += static_cast<char>('a' + Below(26));
    v1::ArticleIngested ingested;
    ingested.set_article(article);
    v1::ArticleContent& content = *ingested.mutable_content();
    content.set_text(text);
    content.set_text_sha256(base::ToString(base::Sha256(text)));
    content.set_content_key(base::ToString(base::Sha256({"key", text})));
    content.mutable_metadata()->set_canonical_url("https://news.example/" + stream);
    Add(stream, ingested);
    for (uint64_t i = Below(4); i > 0; --i) {
      v1::AnnotationAdded added;
      added.set_annotation(base::AnnotationIdOf(NextId()));
      added.mutable_anchor()->set_article(article);
      added.mutable_anchor()->add_spans()->set_exact("Article");
      Add(stream, added);
    }
  }

  // Time-ordered within a writer, and within a unit.
  std::string NextId() const {
    const auto place = static_cast<uint8_t>(unit_.events.size());
    std::string id =
        base::ToString(base::Sha256(std::to_string(writer_) + "." + std::to_string(number_) + "." +
                                    std::to_string(place)))
            .substr(0, base::kIdBytes);
    const uint64_t ms = kFirstMs + number_;
    for (size_t i = 0; i < 6; ++i) id[i] = static_cast<char>(ms >> (40 - 8 * i));
    id[6] = '\x70';
    id[7] = static_cast<char>(place);
    id[8] = '\x80';
    id[9] = static_cast<char>(writer_);
    return id;
  }

  void Add(std::string stream, const google::protobuf::Message& body) {
    log::NewEvent event;
    event.id = NextId();
    event.stream = std::move(stream);
    event.type = body.GetDescriptor()->full_name();
    event.actor.mutable_tool()->set_name("writer");
    event.actor.mutable_tool()->set_version(std::to_string(writer_));
    event.body = log::EncodeBody(body).value();
    unit_.events.push_back(std::move(event));
  }

  uint32_t writer_;
  uint64_t number_;
  std::mt19937_64 random_;
  log::Unit unit_;
};

}  // namespace

log::Unit UnitOf(uint32_t writer, uint64_t number) {
  VB_CHECK(writer < 256, "a writer's number is one byte of its ids");
  return Teller(writer, number).Tell();
}

std::string ScriptOf(std::string_view type, const std::string& body) {
  v1::SettingChanged setting;
  if (type != "verbatim.v1.SettingChanged" || !setting.ParseFromString(body)) return "";
  return setting.key() == "script" ? setting.value() : "";
}

}  // namespace verbatim::faults
