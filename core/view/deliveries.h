// SPDX-License-Identifier: Apache-2.0
// What a view is given for one event: the event itself where it subscribes to its type, and the
// annotations that it changed, folded from the article's stream. Private to core/view.
#ifndef VERBATIM_CORE_VIEW_DELIVERIES_H_
#define VERBATIM_CORE_VIEW_DELIVERIES_H_

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/functional/function_ref.h"
#include "core/article/article_state.h"
#include "core/base/status.h"
#include "core/log/snapshot.h"
#include "verbatim/v1/plugin.pb.h"
#include "verbatim/v1/view.pb.h"

namespace verbatim::view {

// Articles folded up to the event before the one at hand, the ones used last kept.
class ArticleCache {
 public:
  // The article of that stream as it stood before `sequence`; valid until the next call.
  absl::StatusOr<article::ArticleState*> Before(const log::Snapshot& log, std::string_view stream,
                                                uint64_t sequence);
  // After the article was folded further: its size may have changed.
  void Settle();
  void Clear();

 private:
  struct Folded {
    std::string stream;
    article::ArticleState state;
    size_t bytes = 0;
  };
  std::list<Folded> folded_;  // used last first
  std::unordered_map<std::string_view, std::list<Folded>::iterator> by_stream_;
  size_t bytes_ = 0;
};

class Deliveries {
 public:
  explicit Deliveries(const v1::ViewManifest& manifest);

  // May an event of this type concern the view? All that is asked of most events.
  bool Wants(std::string_view type) const;

  // Gives the serialized verbatim.v1.ViewEvents for an event that Wants said yes to, in the order
  // in which they are to be applied, until `deliver` says false: the event first, then its
  // annotations in the order of the text. None when its body was erased. The bytes are lent for the
  // call. kDataLoss and the like: the event can't be folded.
  absl::Status For(const log::Snapshot& log, uint64_t sequence, const log::HeaderView& header,
                   absl::FunctionRef<bool(std::string_view event)> deliver);

  // Forgets every folded article: the log was not followed event by event.
  void Forget() { articles_.Clear(); }

 private:
  bool Subscribed(std::string_view type) const;
  absl::Status Annotations(const log::Snapshot& log, uint64_t sequence, const log::HeaderView& view,
                           std::string_view header, const std::optional<std::string>& body,
                           absl::FunctionRef<bool(std::string_view event)> deliver);

  std::vector<std::string> subscribes_;
  std::vector<std::string> annotation_types_;
  ArticleCache articles_;
  std::string event_;  // the one being delivered
};

}  // namespace verbatim::view

#endif  // VERBATIM_CORE_VIEW_DELIVERIES_H_
