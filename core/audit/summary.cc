// SPDX-License-Identifier: Apache-2.0
#include "core/audit/summary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <map>
#include <string_view>

#include "core/base/hex.h"
#include "verbatim/text/utf8.h"
#include "verbatim/v1/archive.pb.h"
#include "verbatim/v1/article.pb.h"
#include "verbatim/v1/desk.pb.h"
#include "verbatim/v1/speaker.pb.h"

namespace verbatim::audit {
namespace {

// Of an annotation's words: enough to know them again on one line.
constexpr size_t kWordsChars = 60;

// `message` as it was compiled in; empty where it is another.
template <class Message>
const Message& As(const schema::Message& message) {
  const auto* same = dynamic_cast<const Message*>(&message);
  return same != nullptr ? *same : Message::default_instance();
}

template <class Message>
std::string Valued(char sign, const schema::Message& any) {
  const Message& message = As<Message>(any);
  return fmt::format("{} {} \"{}\" {}", sign, ShortType(message.body().type()),
                     WordsOf(message.anchor(), kWordsChars), base::ShortId(message.annotation()));
}

std::string Content(std::string_view what, const v1::ArticleContent& content) {
  return fmt::format("{} \"{}\", {} characters", what, content.metadata().title(),
                     text::CountChars(content.text()));
}

std::string Disputed(const schema::Message& any) {
  const auto& message = As<v1::AnnotationDisputed>(any);
  if (message.absent()) return fmt::format("? {} not found", base::ShortId(message.annotation()));
  return Valued<v1::AnnotationDisputed>('?', any);
}

std::string Reanchored(const schema::Message& any) {
  const auto& message = As<v1::AnnotationReanchored>(any);
  return fmt::format(
      "> {} {} \"{}\"", base::ShortId(message.annotation()),
      schema::EnumText(*v1::AnnotationReanchored::Outcome_descriptor(), message.outcome()),
      WordsOf(message.from(), kWordsChars));
}

std::string SetAside(const schema::Message& any) {
  const auto& message = As<v1::AnnotationUnplaced>(any);
  return fmt::format("! {} \"{}\" has no place ({})", ShortType(message.body().type()),
                     fmt::join(message.exact(), " ... "), message.source());
}

std::string Pulled(const schema::Message& any) {
  const auto& message = As<v1::DecisionPulled>(any);
  return fmt::format("< {} decided as @{} in archive {}", message.who(), message.sequence(),
                     base::ShortId(message.archive()));
}

std::string Source(const schema::Message& any) {
  const auto& message = As<v1::SourceCaptured>(any);
  return fmt::format("source {}, {} bytes", message.input(), message.content_size());
}

std::string Corrected(const schema::Message& any) {
  const auto& message = As<v1::ArticleMetadataCorrected>(any);
  return fmt::format("corrects {}", fmt::join(message.fields(), ", "));
}

std::string Linked(const schema::Message& any) {
  const auto& message = As<v1::ArticleLinked>(any);
  return fmt::format("{} of {}",
                     schema::EnumText(*v1::ArticleLinked::Kind_descriptor(), message.kind()),
                     base::ShortId(message.other()));
}

std::string ErasedContent(const schema::Message& any) {
  const auto& message = As<v1::ContentErased>(any);
  return fmt::format("erases {} events{}: {}, {}", message.erased_size(),
                     message.has_article() ? ", the whole article" : "", message.reason_code(),
                     message.authority());
}

std::string Pinned(const schema::Message& any) {
  const auto& manifest = As<v1::PluginPinned>(any).manifest();
  return fmt::format("plugin {} {}", manifest.name(), manifest.version());
}

std::string Setting(const schema::Message& any) {
  const auto& message = As<v1::SettingChanged>(any);
  return fmt::format("{} = {}", message.key(), message.value());
}

std::string Run(const schema::Message& any) {
  const auto& message = As<v1::RunCompleted>(any);
  return fmt::format("run {} {}: {}", message.annotator(), message.version(), RunSummary(message));
}

template <class Message>
std::string About(std::string_view what, const schema::Message& any) {
  return fmt::format("{} {}", what, base::ShortId(As<Message>(any).annotation()));
}

using Summariser = std::function<std::string(const schema::Message&)>;

const std::map<std::string, Summariser, std::less<>>& Summarisers() {
  using schema::Message;
  static const auto* const kAll = new std::map<std::string, Summariser, std::less<>>{
      {"verbatim.v1.SourceCaptured", Source},
      {"verbatim.v1.ArticleIngested",
       [](const Message& m) { return Content("article", As<v1::ArticleIngested>(m).content()); }},
      {"verbatim.v1.ArticleRevised",
       [](const Message& m) {
         const auto& revised = As<v1::ArticleRevised>(m);
         return Content(fmt::format("revision {}", revised.revision()), revised.content());
       }},
      {"verbatim.v1.ArticleReextracted",
       [](const Message& m) {
         const auto& again = As<v1::ArticleReextracted>(m);
         return Content(fmt::format("extracted anew, revision {}", again.revision()),
                        again.content());
       }},
      {"verbatim.v1.ArticleMetadataCorrected", Corrected},
      {"verbatim.v1.ArticleLinked", Linked},
      {"verbatim.v1.ContentErased", ErasedContent},
      {"verbatim.v1.AnnotationAdded",
       [](const Message& m) { return Valued<v1::AnnotationAdded>('+', m); }},
      {"verbatim.v1.AnnotationRevised",
       [](const Message& m) { return Valued<v1::AnnotationRevised>('~', m); }},
      {"verbatim.v1.AnnotationRetracted",
       [](const Message& m) { return About<v1::AnnotationRetracted>("-", m); }},
      {"verbatim.v1.AnnotationConfirmed",
       [](const Message& m) { return About<v1::AnnotationConfirmed>("confirms", m); }},
      {"verbatim.v1.AnnotationRejected",
       [](const Message& m) { return About<v1::AnnotationRejected>("rejects", m); }},
      {"verbatim.v1.AnnotationDisputed", Disputed},
      {"verbatim.v1.DecisionWithdrawn",
       [](const Message& m) { return About<v1::DecisionWithdrawn>("undoes a decision on", m); }},
      {"verbatim.v1.AnnotationReanchored", Reanchored},
      {"verbatim.v1.AnnotationUnplaced", SetAside},
      {"verbatim.v1.DecisionPulled", Pulled},
      {"verbatim.v1.RunCompleted", Run},
      {"verbatim.v1.PluginPinned", Pinned},
      {"verbatim.v1.SettingChanged", Setting},
  };
  return *kAll;
}

}  // namespace

std::string RunSummary(const v1::RunCompleted& run) {
  if (run.outcome() != v1::RunCompleted::OUTCOME_COMPLETED) {
    const std::string outcome =
        schema::EnumText(*v1::RunCompleted::Outcome_descriptor(), run.outcome());
    return run.message().empty() ? outcome : fmt::format("{}: {}", outcome, run.message());
  }
  std::string summary =
      fmt::format("+{} ~{} -{}, kept {}", run.added(), run.revised(), run.retracted(), run.kept());
  if (run.disputed() > 0) summary += fmt::format(", disputed {}", run.disputed());
  if (run.suppressed() > 0) summary += fmt::format(", suppressed by people {}", run.suppressed());
  return summary;
}

std::string Summary(const Opened& event) {
  if (!event.body) {
    return fmt::format("{} (erased{})", ShortType(event.header.type()),
                       event.erasure ? ": " + ErasureText(*event.erasure) : "");
  }
  const auto found = Summarisers().find(event.header.type());
  if (event.message == nullptr || found == Summarisers().end()) {
    return ShortType(event.header.type());
  }
  return found->second(*event.message);
}

}  // namespace verbatim::audit
