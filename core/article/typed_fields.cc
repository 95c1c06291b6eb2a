// SPDX-License-Identifier: Apache-2.0
#include "core/article/typed_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

#include "core/anchor/place.h"
#include "core/base/time_point.h"
#include "core/schema/fields.h"
#include "core/schema/set_spans.h"
#include "verbatim/text/chars.h"
#include "verbatim/text/names.h"
#include "verbatim/v1/date.pb.h"
#include "verbatim/v1/quote.pb.h"

namespace verbatim::article {
namespace {

using Names = std::set<std::string, std::less<>>;

// The place of the words that is nearest to where the annotation begins.
absl::StatusOr<std::vector<text::Range>> PlaceNear(const Assignment& assignment,
                                                   const v1::Anchor& anchor,
                                                   const anchor::RevisionText& ground) {
  if (anchor::LooksLikeChars(assignment.value)) {
    return anchor::ParseChars(ground, assignment.value);
  }
  std::vector<text::Range> places = anchor::FindWords(ground.text(), assignment.value);
  if (places.empty()) {
    return absl::InvalidArgumentError(fmt::format(
        "{0}={1}: {0} is a place in the text, and these words don't stand in it: copy them from "
        "the text, or give characters A..B",
        assignment.field, assignment.value));
  }
  const int64_t begin = anchor.spans(0).begin_byte();
  const auto distance = [begin](const text::Range& range) {
    return std::abs(int64_t{range.begin} - begin);
  };
  const auto nearest = std::min_element(
      places.begin(), places.end(),
      [&](const text::Range& a, const text::Range& b) { return distance(a) < distance(b); });
  return std::vector<text::Range>{*nearest};
}

// Fields that hold places, set together: a list takes several assignments.
class Places {
 public:
  Places(const v1::Anchor& anchor, const anchor::RevisionText& ground)
      : anchor_(anchor), ground_(ground) {}

  absl::Status Add(const schema::FieldPath& path, const Assignment& assignment) {
    Field& field = fields_[assignment.field];
    field.path = path;
    if (assignment.value.empty()) return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(const auto ranges, PlaceNear(assignment, anchor_, ground_));
    for (const text::Range& range : ranges) {
      field.spans.push_back(
          text::MakeSpan(ground_.text(), ground_.chars(), range.begin, range.end));
    }
    return absl::OkStatus();
  }

  absl::Status SetAll(schema::Message* message) const {
    for (const auto& [name, field] : fields_) {
      VB_RETURN_IF_ERROR(schema::SetSpans(message, field.path, field.spans));
    }
    return absl::OkStatus();
  }

 private:
  struct Field {
    schema::FieldPath path;
    std::vector<text::Span> spans;
  };
  const v1::Anchor& anchor_;
  const anchor::RevisionText& ground_;
  std::map<std::string, Field> fields_;
};

// "2021-10-20", "2021-10" and "2021" as the half-open interval of their days; empty for the rest.
std::pair<std::string, std::string> IntervalOf(const std::string& value) {
  using std::chrono::days;
  const bool year = value.size() == 4 && value.find_first_not_of("0123456789") == std::string::npos;
  if (year && value != "9999") {
    return {value + "-01-01", fmt::format("{:04}-01-01", std::stoi(value) + 1)};
  }
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (value.size() != 7 && value.size() != kShape.size()) return {};
  for (size_t i = 0; i < value.size(); ++i) {
    const bool digit = value[i] >= '0' && value[i] <= '9';
    if (kShape[i] == 'd' ? !digit : value[i] != '-') return {};
  }
  const auto range = base::ParseDays(value, 0);
  if (!range.ok()) return {};
  const std::string& last = range->last;
  const std::chrono::sys_days day =
      std::chrono::year(std::stoi(last.substr(0, 4))) /
      std::chrono::month(static_cast<unsigned>(std::stoi(last.substr(5, 2)))) /
      std::chrono::day(static_cast<unsigned>(std::stoi(last.substr(8, 2))));
  const std::chrono::year_month_day next(day + days(1));
  return {range->first,
          fmt::format("{:04}-{:02}-{:02}", static_cast<int>(next.year()),
                      static_cast<unsigned>(next.month()), static_cast<unsigned>(next.day()))};
}

void Derive(const Names& given, v1::Quote* quote) {
  if (!given.contains("speaker")) return;
  if (!given.contains("speaker_key")) quote->set_speaker_key(text::NameKey(quote->speaker()));
  if (!given.contains("speaker_evidence")) quote->clear_speaker_evidence();
}

void Derive(const Names& given, v1::TemporalExpression* date) {
  using Date = v1::TemporalExpression;
  if (!given.contains("value")) return;
  const auto [earliest, latest] = IntervalOf(date->value());
  if (!given.contains("earliest")) date->set_earliest(earliest);
  if (!given.contains("latest")) date->set_latest(latest);
  date->clear_candidates();
  const bool open = date->resolution() == Date::RESOLUTION_AMBIGUOUS ||
                    date->resolution() == Date::RESOLUTION_UNRESOLVED ||
                    date->resolution() == Date::RESOLUTION_CONTRADICTORY ||
                    date->resolution() == Date::RESOLUTION_UNSPECIFIED;
  if (open && !given.contains("resolution")) date->set_resolution(Date::RESOLUTION_ANCHORED);
}

// What follows from the given fields, where the type is one that this program knows.
template <class Body>
bool DeriveAs(const Names& given, v1::TypedBody* body) {
  Body message;
  if (body->type() != message.GetDescriptor()->full_name()) return false;
  if (!message.ParseFromString(body->value())) return false;
  Derive(given, &message);
  body->set_value(message.SerializeAsString());
  return true;
}

bool IsMark(std::string_view text, uint32_t byte) {
  return byte < text.size() && text::IsDoubleQuote(text::DecodeAt(text, byte).code_point);
}

void DeriveKind(const v1::Anchor& anchor, const anchor::RevisionText& ground, v1::TypedBody* body) {
  v1::Quote quote;
  if (body->type() != quote.GetDescriptor()->full_name()) return;
  if (!quote.ParseFromString(body->value()) || quote.kind() != v1::Quote::KIND_UNSPECIFIED) return;
  const uint32_t begin = anchor.spans(0).begin_byte();
  const uint32_t end = anchor.spans(anchor.spans_size() - 1).end_byte();
  const bool marked = begin > 0 &&
                      IsMark(ground.text(), text::PreviousChar(ground.text(), begin)) &&
                      IsMark(ground.text(), end);
  quote.set_kind(marked ? v1::Quote::KIND_DIRECT : v1::Quote::KIND_INDIRECT);
  if (marked && quote.quoted().empty()) *quote.mutable_quoted() = anchor.spans();
  body->set_value(quote.SerializeAsString());
}

// A moment that a person gives.
absl::Status AssignDate(const Assignment& assignment, v1::DatedValue* date) {
  auto value = base::ParsePublished(assignment.value);
  if (!value.ok()) return base::WithContext(value.status(), assignment.field);
  date->set_value(*std::move(value));
  date->set_basis(v1::DatedValue::BASIS_CORRECTED);
  date->set_source("correct");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Assignment> ParseAssignment(std::string_view text) {
  const size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return absl::InvalidArgumentError(
        fmt::format("'{}' is no FIELD=VALUE: write speaker=\"Ana Maar\"", text));
  }
  return Assignment{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

absl::StatusOr<v1::TypedBody> AssignBody(const v1::TypedBody& body,
                                         const std::vector<Assignment>& assignments,
                                         const v1::Anchor& anchor,
                                         const anchor::RevisionText& ground,
                                         const schema::Registry& registry) {
  VB_ASSIGN_OR_RETURN(const schema::MessagePtr message, registry.Parse(body.type(), body.value()));
  Places places(anchor, ground);
  Names given;
  for (const Assignment& assignment : assignments) {
    given.insert(assignment.field);
    VB_ASSIGN_OR_RETURN(const schema::FieldPath path,
                        schema::FindField(*message->GetDescriptor(), assignment.field));
    if (schema::IsSpanField(path)) {
      VB_RETURN_IF_ERROR(places.Add(path, assignment));
    } else {
      VB_RETURN_IF_ERROR(schema::SetField(message.get(), assignment.field, assignment.value));
    }
  }
  VB_RETURN_IF_ERROR(places.SetAll(message.get()));
  v1::TypedBody assigned;
  assigned.set_type(body.type());
  assigned.set_value(message->SerializeAsString());
  // What was said already has no consequences.
  if (registry.EqualBodies(body.type(), body.value(), assigned.value(), {})) return assigned;
  if (!DeriveAs<v1::Quote>(given, &assigned)) DeriveAs<v1::TemporalExpression>(given, &assigned);
  return assigned;
}

absl::StatusOr<v1::TypedBody> NewBody(std::string_view type,
                                      const std::vector<Assignment>& assignments,
                                      const v1::Anchor& anchor, const anchor::RevisionText& ground,
                                      const schema::Registry& registry) {
  v1::TypedBody empty;
  empty.set_type(std::string(type));
  VB_ASSIGN_OR_RETURN(v1::TypedBody body, AssignBody(empty, assignments, anchor, ground, registry));
  DeriveKind(anchor, ground, &body);
  return body;
}

absl::StatusOr<AssignedMetadata> AssignMetadata(const v1::ArticleMetadata& metadata,
                                                const std::vector<Assignment>& assignments) {
  AssignedMetadata assigned{metadata, {}};
  for (Assignment assignment : assignments) {
    if (assignment.field == "url") assignment.field = "canonical_url";
    if (assignment.field == "published.value") assignment.field = "published";
    v1::ArticleMetadata& to = assigned.metadata;
    const bool date = assignment.field == "published" || assignment.field == "modified";
    if (date && assignment.value.empty()) {
      assignment.field == "published" ? to.clear_published() : to.clear_modified();
    } else if (assignment.field == "published") {
      VB_RETURN_IF_ERROR(AssignDate(assignment, to.mutable_published()));
    } else if (assignment.field == "modified") {
      VB_RETURN_IF_ERROR(AssignDate(assignment, to.mutable_modified()));
    } else if (assignment.field.rfind("sources", 0) == 0) {
      return absl::InvalidArgumentError("sources say where metadata came from: they can't be set");
    } else {
      VB_RETURN_IF_ERROR(schema::SetField(&to, assignment.field, assignment.value));
    }
    assigned.fields.push_back(assignment.field);
  }
  return assigned;
}

}  // namespace verbatim::article
