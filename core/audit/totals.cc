// SPDX-License-Identifier: Apache-2.0
#include "core/audit/totals.h"

#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/article/load.h"
#include "core/base/hex.h"
#include "core/schema/json.h"
#include "verbatim/v1/annotation.pb.h"

namespace verbatim::audit {
namespace {

// What the headers of one article's stream say.
struct Counted {
  uint64_t annotations = 0;
  bool doubtful = false;  // some of it may no longer stand: the fold knows
};

bool MayEndSomething(std::string_view type) {
  return type == "verbatim.v1.AnnotationRetracted" || type == "verbatim.v1.AnnotationRejected" ||
         type == "verbatim.v1.AnnotationReanchored" || type == "verbatim.v1.DecisionWithdrawn" ||
         type == "verbatim.v1.ContentErased";
}

class Counting {
 public:
  explicit Counting(const log::Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::StatusOr<Totals> Count() {
    totals_.events = snapshot_.head();
    absl::Status status;
    VB_RETURN_IF_ERROR(snapshot_.ScanHeaders(1, snapshot_.head(),
                                             [&](uint64_t sequence, const log::HeaderView& header) {
                                               status = Header(sequence, header);
                                               return status.ok();
                                             }));
    VB_RETURN_IF_ERROR(status);
    for (const auto& [stream, counted] : streams_) {
      VB_RETURN_IF_ERROR(Stream(stream, counted));
    }
    AddTrouble();
    return std::move(totals_);
  }

 private:
  absl::Status Header(uint64_t sequence, const log::HeaderView& header) {
    totals_.decisions += header.actor_kind == log::ActorKind::kPerson;
    if (header.type == "verbatim.v1.ArticleIngested") Of(header.stream);
    if (header.type == "verbatim.v1.AnnotationAdded") ++Of(header.stream).annotations;
    if (MayEndSomething(header.type) && base::IsHex(header.stream)) {
      Of(header.stream).doubtful = true;
    }
    if (header.type != "verbatim.v1.RunCompleted") return absl::OkStatus();
    VB_ASSIGN_OR_RETURN(const auto body, snapshot_.Body(sequence, header));
    v1::RunCompleted run;
    if (!body || !run.ParseFromString(*body)) return absl::OkStatus();
    runs_[{run.plugin(), run.annotator(), run.article()}] = {run.outcome(), run.message()};
    return absl::OkStatus();
  }

  // Mostly the one that was asked for last.
  Counted& Of(std::string_view stream) {
    if (last_ == streams_.end() || last_->first != stream) {
      last_ = streams_.try_emplace(std::string(stream)).first;
    }
    return last_->second;
  }

  absl::Status Stream(const std::string& stream, const Counted& counted) {
    totals_.annotations_added += counted.annotations;
    if (!counted.doubtful) {
      ++totals_.articles;
      totals_.annotations += counted.annotations;
      return absl::OkStatus();
    }
    const std::optional<std::string> article = base::FromHex(stream);
    VB_ASSIGN_OR_RETURN(const article::ArticleState state,
                        article::Load(snapshot_, article.value_or("")));
    totals_.articles += !state.revisions().empty();
    for (const auto& [id, annotation] : state.annotations()) {
      totals_.annotations += annotation->IsLive();
    }
    return absl::OkStatus();
  }

  void AddTrouble() {
    std::map<std::pair<std::string, std::string>, Totals::Trouble> trouble;
    for (const auto& [who, ended] : runs_) {
      if (ended.first == v1::RunCompleted::OUTCOME_COMPLETED) continue;
      std::string outcome = schema::EnumText(*v1::RunCompleted::Outcome_descriptor(), ended.first);
      Totals::Trouble& of = trouble[{std::get<0>(who), outcome}];
      of = {std::get<0>(who), std::move(outcome), of.articles + 1, ended.second};
    }
    for (auto& [what, of] : trouble) totals_.trouble.push_back(std::move(of));
  }

  using Ended = std::pair<v1::RunCompleted::Outcome, std::string>;
  using Streams = std::unordered_map<std::string, Counted>;

  const log::Snapshot& snapshot_;
  Totals totals_;
  Streams streams_;
  Streams::iterator last_ = streams_.end();
  std::map<std::tuple<std::string, std::string, std::string>, Ended> runs_;
};

}  // namespace

absl::StatusOr<Totals> CountAll(const log::Snapshot& snapshot) {
  return Counting(snapshot).Count();
}

}  // namespace verbatim::audit
