// SPDX-License-Identifier: Apache-2.0
#include "core/archive/decision_file.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/limits.h"
#include "core/schema/value.h"
#include "verbatim/text/utf8.h"

namespace verbatim::archive {
namespace {

using Json = google::protobuf::Value;
using Kind = Decision::Kind;

absl::Status Wrong(std::string_view member, std::string_view wanted) {
  return absl::InvalidArgumentError(
      absl::StrCat("\"", std::string(member), "\" takes ", std::string(wanted)));
}

// A text, number or boolean, as a person would type it.
std::optional<std::string> TextOf(const Json& json) {
  switch (json.kind_case()) {
    case Json::kStringValue:
      return json.string_value();
    case Json::kNumberValue:
      return schema::NumberText(json.number_value());
    case Json::kBoolValue:
      return json.bool_value() ? "true" : "false";
    case Json::kNullValue:
      return "";
    default:
      return std::nullopt;
  }
}

absl::StatusOr<uint32_t> CountOf(std::string_view member, const Json& json) {
  const double number = json.number_value();
  const bool whole = json.kind_case() == Json::kNumberValue && number >= 0 &&
                     number <= std::numeric_limits<uint32_t>::max() && std::floor(number) == number;
  if (!whole) return Wrong(member, "a whole number");
  return static_cast<uint32_t>(number);
}

absl::Status ReadFields(const Json& json, Decision* decision) {
  if (json.kind_case() != Json::kStructValue) return Wrong("fields", "an object");
  for (const auto& [name, value] : json.struct_value().fields()) {
    if (value.kind_case() == Json::kListValue) {
      std::string joined;
      for (const Json& element : value.list_value().values()) {
        const auto text = TextOf(element);
        if (!text) return Wrong(name, "a text, a number, or a list of them");
        joined += (joined.empty() ? "" : ",") + *text;
      }
      decision->fields.push_back({name, joined});
      continue;
    }
    const auto text = TextOf(value);
    if (!text) return Wrong(name, "a text, a number, or a list of them");
    decision->fields.push_back({name, *text});
  }
  // The order of the members of an object is nobody's.
  std::sort(decision->fields.begin(), decision->fields.end(),
            [](const auto& a, const auto& b) { return a.field < b.field; });
  return absl::OkStatus();
}

absl::Status ReadKind(const Json& json, Decision* decision) {
  for (const Kind kind : {Kind::kAdd, Kind::kCorrect, Kind::kConfirm, Kind::kReject, Kind::kUndo}) {
    if (json.string_value() != ToText(kind)) continue;
    decision->kind = kind;
    return absl::OkStatus();
  }
  return Wrong("do", "add, correct, confirm, reject or undo");
}

absl::Status ReadMember(const std::string& member, const Json& json, Decision* decision) {
  if (member == "fields") return ReadFields(json, decision);
  if (member == "do") return ReadKind(json, decision);
  if (member == "if_version" || member == "occurrence" || member == "sequence") {
    VB_ASSIGN_OR_RETURN(const uint32_t count, CountOf(member, json));
    if (member == "if_version") decision->if_version = count;
    if (member == "occurrence") decision->place.occurrence = count;
    if (member == "sequence") decision->target = absl::StrCat("@", count);
    return absl::OkStatus();
  }
  std::string* text = nullptr;
  if (member == "id" || member == "article") text = &decision->target;
  if (member == "type") text = &decision->type;
  if (member == "quote") text = &decision->place.quote;
  if (member == "chars") text = &decision->place.chars;
  if (member == "reason") text = &decision->reason;
  if (text == nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("no decision has a \"", member,
                     "\": there are do, id, article, sequence, type, quote, occurrence, chars, "
                     "fields, reason, if_version"));
  }
  if (json.kind_case() != Json::kStringValue) return Wrong(member, "a text");
  *text = json.string_value();
  return absl::OkStatus();
}

absl::StatusOr<Decision> ParseOne(std::string_view line, Kind kind) {
  if (!text::IsValidUtf8(line)) return absl::InvalidArgumentError("not UTF-8");
  Json json;
  const auto parsed = google::protobuf::util::JsonStringToMessage(
      google::protobuf::StringPiece(line.data(), line.size()), &json);
  if (!parsed.ok() || json.kind_case() != Json::kStructValue) {
    return absl::InvalidArgumentError("no JSON object");
  }
  const auto& members = json.struct_value().fields();
  Decision decision;
  decision.kind = kind;
  for (const auto& [member, value] : members) {
    VB_RETURN_IF_ERROR(ReadMember(member, value, &decision));
  }
  if (!decision.target.empty()) return decision;
  return absl::InvalidArgumentError(absl::StrCat("it doesn't say about what: give \"",
                                                 decision.kind == Kind::kAdd    ? "article"
                                                 : decision.kind == Kind::kUndo ? "sequence"
                                                                                : "id",
                                                 "\""));
}

}  // namespace

absl::StatusOr<std::vector<Decision>> ParseDecisions(std::string_view jsonl, std::string_view name,
                                                     Kind kind) {
  std::vector<Decision> decisions;
  size_t number = 0;
  for (size_t begin = 0; begin < jsonl.size();) {
    const size_t end = std::min(jsonl.find('\n', begin), jsonl.size());
    const std::string_view line = jsonl.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string where = absl::StrCat(std::string(name), ", line ", number);
    auto decision = ParseOne(line, kind);
    if (!decision.ok()) return base::WithContext(decision.status(), where);
    decision->where = where;
    decisions.push_back(*std::move(decision));
  }
  return decisions;
}

}  // namespace verbatim::archive
