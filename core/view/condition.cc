// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/view/query.h"

namespace verbatim::view {
namespace {

constexpr std::string_view kForms =
    "it is FIELD=VALUE, or with == (exact), ~ (contains), !=, <, <=, >, >=, or FIELD.ne= .lt= .le= "
    ".gt= .ge= .has=";

// Longer ones first: `<=` is no `<`.
constexpr std::array<std::pair<std::string_view, Op>, 8> kOps = {{
    {"==", Op::kExact},
    {"!=", Op::kNotEqual},
    {"<=", Op::kLessEqual},
    {">=", Op::kGreaterEqual},
    {"=", Op::kEqual},
    {"~", Op::kHas},
    {"<", Op::kLess},
    {">", Op::kGreater},
}};

constexpr std::array<std::pair<std::string_view, Op>, 6> kSuffixes = {{
    {".ne", Op::kNotEqual},
    {".lt", Op::kLess},
    {".le", Op::kLessEqual},
    {".gt", Op::kGreater},
    {".ge", Op::kGreaterEqual},
    {".has", Op::kHas},
}};

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

}  // namespace

absl::StatusOr<Condition> ParseCondition(std::string_view text) {
  const size_t at = text.find_first_of("=!<>~");
  const std::string_view rest = at == std::string_view::npos ? "" : text.substr(at);
  std::string_view field = text.substr(0, at);
  while (!field.empty() && field.back() == ' ') field.remove_suffix(1);
  for (const auto& [sign, op] : kOps) {
    if (field.empty() || rest.substr(0, sign.size()) != sign) continue;
    Condition condition{std::string(field), op, std::string(rest.substr(sign.size()))};
    if (op != Op::kEqual) return condition;
    for (const auto& [suffix, meant] : kSuffixes) {
      if (!EndsWith(field, suffix)) continue;
      condition.field.resize(field.size() - suffix.size());
      condition.op = meant;
    }
    return condition;
  }
  return absl::InvalidArgumentError(fmt::format("--where {}: {}", text, kForms));
}

}  // namespace verbatim::view
