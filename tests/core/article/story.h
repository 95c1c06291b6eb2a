// SPDX-License-Identifier: Apache-2.0
// An article's life told event by event, folded as it goes and kept so that any part can be told
// again:
//
//   Story story("The harbour opens on Tuesday.");
//   std::string a = story.PluginAdds("Tuesday");
//   story.PersonConfirms(a);
//   EXPECT_EQ(story.StatusOf(a), "CONFIRMED");
#ifndef VERBATIM_TESTS_CORE_ARTICLE_STORY_H_
#define VERBATIM_TESTS_CORE_ARTICLE_STORY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/article/article_state.h"
#include "core/article/decisions.h"
#include "core/article/new_events.h"
#include "core/base/clock.h"
#include "core/log/unit.h"

namespace verbatim::article {

// An event as the log would give it back.
struct Told {
  uint64_t sequence;
  v1::EventHeader header;
  std::optional<std::string> body;
};

v1::Actor PluginActor(std::string_view name, std::string_view version);

// A verbatim.v1.TemporalExpression with this value: a small body that tests can tell apart.
v1::TypedBody DateBody(std::string_view value, std::string_view rule = {});

class Story {
 public:
  explicit Story(std::string_view text);

  // Gives the event a place in the log and folds it. Aborts the test when the fold refuses.
  Applied Tell(const log::NewEvent& event);
  Applied Tell(const google::protobuf::Message& body, const EventMaker& who);
  void TellAll(const std::vector<log::NewEvent>& events);

  // The n-th time that the words stand in the latest text, as an anchor.
  v1::Anchor Where(std::string_view words, int occurrence = 1) const;

  // Each returns the annotation's id, or the event's.
  std::string PluginAdds(std::string_view words, std::string_view value = "2021-10-19");
  std::string PersonAdds(std::string_view words, std::string_view value = "2021-10-19");
  std::string PluginRevises(const std::string& id, std::string_view value);
  std::string PluginRetracts(const std::string& id);
  std::string PluginDisputes(const std::string& id, std::optional<std::string_view> value);
  std::string PersonCorrects(const std::string& id, std::string_view value);
  std::string PersonConfirms(const std::string& id);
  std::string PersonRejects(const std::string& id);
  // Also what is undone already, as two people at once may have it in a log.
  std::string PersonUndoes(const std::string& event_id);
  std::string Revise(std::string_view text);
  std::string Reanchor(const std::string& id, v1::AnnotationReanchored::Outcome outcome,
                       std::optional<v1::Anchor> to);

  const AnnotationState& At(const std::string& id) const { return *state_.Find(id); }
  std::string StatusOf(const std::string& id) const { return StatusName(At(id).status); }
  std::string ValueOf(const std::string& id) const;

  const ArticleState& state() const { return state_; }
  const std::vector<Told>& told() const { return told_; }
  const std::string& stream() const { return stream_; }
  const EventMaker& plugin() const { return plugin_; }
  const EventMaker& person() const { return person_; }
  const EventMaker& tool() const { return tool_; }
  base::Clock& clock() { return clock_; }
  base::Random& random() { return random_; }
  // Another version of the plugin speaks from here on.
  void PluginBecomes(std::string_view version);

  // The state after the first `count` events, folded from nothing.
  ArticleState Replay(size_t count) const;

 private:
  std::string Last() const { return told_.back().header.event_id(); }

  base::FakeClock clock_{1'600'000'000'000'000, 1000};
  base::SeededRandom random_{7};
  EventMaker plugin_;
  EventMaker person_;
  EventMaker tool_;
  std::string stream_;
  ArticleState state_;
  std::vector<Told> told_;
};

// All that can be seen of a state, as text: equal pictures, equal states.
std::string Picture(const ArticleState& state);

}  // namespace verbatim::article

#endif  // VERBATIM_TESTS_CORE_ARTICLE_STORY_H_
