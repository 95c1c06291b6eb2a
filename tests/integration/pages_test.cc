// SPDX-License-Identifier: Apache-2.0
// The archive's pages, as files and served. What a browser makes of them is tested in
// tests/browser.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>

#include <cstdio>
#include <map>

#include "tests/core/pages/read_back.h"
#include "tests/integration/fixture.h"
#include "tests/support/web_client.h"

namespace verbatim::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Between(const std::string& text, const std::string& begin, const std::string& end) {
  const size_t from = text.find(begin);
  if (from == std::string::npos) return "";
  return text.substr(from + begin.size(), text.find(end, from) - from - begin.size());
}

class Pages : public ArchiveTest {
 protected:
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  Finished Export(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"export", "--as", "html", Path("site")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Verbatim(arguments);
  }
  std::string Page(const std::string& name) const { return ReadAll(folder_ / "site" / name); }
  std::string PageOf(const std::string& article) const {
    return Page("articles/" + article + ".html");
  }
  static Json DataOf(const std::string& page) {
    return Json::parse(Between(page, "id=\"data\">", "</script>"));
  }
};

// The oracle is what `view` and `article --text` say.
TEST_F(Pages, HighlightsAreTheWordsOfTheirAnnotations) {
  ASSERT_EQ(IngestSamples().exit, 0);
  ASSERT_EQ(Export().exit, 0);
  size_t quotations = 0;
  for (const Json& article : Rows({"articles"})) {
    const std::string id = article.at("article");
    const std::string page = PageOf(id);
    const Json data = DataOf(page);
    const std::string last = std::to_string(data.at("revisions").size() - 1);
    const std::string shown =
        Between(page, "<article class=\"text\" data-revision=\"" + last, "</article>");
    const ReadBack read = ReadHtml(std::string_view(shown).substr(shown.find('>') + 1));
    const std::string text = Verbatim({"article", id, "--text"}).out;
    EXPECT_EQ(read.text, text) << id;
    std::map<std::string, std::string> words;
    for (const Json& row : Rows({"view", "quotes", "--where", "article==" + id})) {
      words[row.at("annotation")] = row.at("text");
    }
    for (const Json& annotation : data.at("annotations")) {
      const Json& state = annotation.at("states").back();
      const auto wanted = words.find(annotation.at("id"));
      if (wanted == words.end()) continue;
      ++quotations;
      std::string marked = read.by_place.at(state.at("place").get<size_t>());
      std::string expected = wanted->second;
      std::erase(marked, ' ');
      std::erase(expected, ' ');
      EXPECT_EQ(marked, expected);
    }
  }
  EXPECT_GT(quotations, 50u);
}

TEST_F(Pages, WhatStrangersWroteStaysText) {
  const std::string harm = "</script><img src=x onerror=\"a()\">\xE2\x80\xAE'&";
  const std::string file =
      Write("harm.txt", "\"We " + harm + " leave on Friday,\" Ada Brandt said.");
  ASSERT_EQ(
      Verbatim({"ingest", "--title", harm, "--outlet", harm, "--published", "2024-05-01", file})
          .exit,
      0);
  ASSERT_EQ(Export().exit, 0);
  const std::string article = Rows({"articles"}).at(0).at("article");
  size_t seen = 0;
  for (const std::string& name : {std::string("index.html"), std::string("timeline.html"),
                                  std::string("speakers.html"), "articles/" + article + ".html"}) {
    const std::string page = Page(name);
    EXPECT_THAT(page, Not(HasSubstr("<img"))) << name;
    EXPECT_THAT(page, Not(HasSubstr("onerror=\""))) << name;
    // Its own scripts, and the data of an article.
    for (size_t at = 0; (at = page.find("<script", at)) != std::string::npos; ++at, ++seen) {
      EXPECT_THAT(page.substr(at, 60),
                  AnyOf(StartsWith("<script src=\""),
                        StartsWith("<script type=\"application/json\" id=\"data\">")));
    }
  }
  EXPECT_EQ(seen, 7u);
  EXPECT_EQ(DataOf(PageOf(article)).at("metadata").at(0).at("title"), harm);
}

TEST_F(Pages, AFolderAppearsWholeOrNotAtAll) {
  ASSERT_EQ(IngestSamples().exit, 0);
  Write("site/notes.txt", "mine");
  const Finished refused = Export();
  EXPECT_EQ(refused.exit, 2);
  EXPECT_THAT(refused.err, HasSubstr("not an empty folder"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "site/index.html"));
  std::filesystem::remove_all(folder_ / "site");

  ASSERT_EQ(Export({"--article", "2020-10-21-key-rate-raised.txt"}).exit, 0);
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    EXPECT_FALSE(entry.path().filename().string().starts_with(".")) << entry.path();
  }
}

TEST_F(Pages, OfAnEarlierMomentKnowNothingOfLater) {
  ASSERT_EQ(IngestSamples().exit, 0);
  const std::string quotation = Quotation("key rate");
  const uint64_t before = Head();
  ASSERT_EQ(Verbatim({"reject", quotation, "--reason", "a headline", "--as", "ana"}).exit, 0);
  ASSERT_EQ(Export({"--as-of", std::to_string(before)}).exit, 0);
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "site")) {
    if (entry.path().extension() == ".html") all += ReadAll(entry.path());
  }
  EXPECT_THAT(all, HasSubstr("a-" + quotation));
  EXPECT_THAT(all, Not(HasSubstr("a headline")));
  EXPECT_THAT(all, Not(HasSubstr("rejected\"")));
}

// A server in a process of its own, ended with the test.
class Served : public Pages {
 protected:
  void SetUp() override {
    ASSERT_EQ(IngestSamples().exit, 0);
    const std::string command = "echo $$; exec '" + VerbatimProgram() + "' -C '" +
                                (folder_ / "archive").string() + "' --quiet serve --port 0";
    server_ = ::popen(command.c_str(), "r");
    ASSERT_NE(server_, nullptr);
    char url[256] = {};
    ASSERT_EQ(std::fscanf(server_, "%d %255s", &process_, url), 2);
    ASSERT_THAT(url, StartsWith("http://127.0.0.1:"));
    port_ = static_cast<uint16_t>(std::stoi(std::string(url).substr(17)));
  }
  // The exit code.
  int Stop(int signal) {
    ::kill(process_, signal);
    const int status = ::pclose(std::exchange(server_, nullptr));
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  void TearDown() override {
    if (server_ != nullptr) Stop(SIGKILL);
  }
  std::string Get(const std::string& path) const { return GetPage(port_, path); }
  std::string Status(const std::string& path) const { return Get(path).substr(9, 3); }

  std::FILE* server_ = nullptr;
  int process_ = 0;
  uint16_t port_ = 0;
};

TEST_F(Served, PagesAreThoseOfAnExport) {
  ASSERT_EQ(Export().exit, 0);
  const std::string article = Rows({"articles"}).at(3).at("article");
  const auto text_of = [](const std::string& page) {
    return Between(page, "<article class=\"text\"", "</article>");
  };
  EXPECT_EQ(text_of(Get("/articles/" + article + ".html")), text_of(PageOf(article)));
  const auto lanes = [](const std::string& page) {
    return Between(page, "<div class=\"timeline\">", "</main>");
  };
  EXPECT_EQ(lanes(Get("/timeline.html")), lanes(Page("timeline.html")));
  EXPECT_THAT(Get("/"), HasSubstr("Content-Security-Policy: default-src 'none'"));
  EXPECT_THAT(Get("/verbatim.css"), HasSubstr("Content-Type: text/css"));
  EXPECT_EQ(Stop(SIGTERM), 0);
}

TEST_F(Served, NewEventsAreThereAtOnceAndOldMomentsStay) {
  const std::string quotation = Quotation("key rate");
  const Json row = Rows({"show", quotation}).at(0);
  const std::string page = "/articles/" + row.at("article").get<std::string>() + ".html";
  const std::string person = "data-kind=\"quote\" data-held=\"person\">";
  EXPECT_THAT(Between(Get(page), "<article", "</article>"), Not(HasSubstr(person)));
  const std::string then = std::to_string(Head());
  ASSERT_EQ(Verbatim({"confirm", quotation, "--as", "ana"}).exit, 0);
  EXPECT_THAT(Between(Get(page), "<article", "</article>"), HasSubstr(person));
  EXPECT_THAT(Between(Get(page + "?seq=" + then), "<article", "</article>"),
              Not(HasSubstr(person)));
  EXPECT_THAT(Get("/index.html?seq=20"), HasSubstr("1 article,"));
  EXPECT_EQ(Status(page + "?seq=1"), "404");
  EXPECT_EQ(Stop(SIGINT), 0);
}

TEST_F(Served, WhatIsNoPageIsNotFound) {
  for (const char* const path :
       {"/../../../../etc/passwd", "/..%2f..%2fetc/passwd", "/articles/../index.html", "//",
        "/articles/", "/articles/zz.html", "/articles/00000000000000000000000000000000.html",
        "/speakers/00000000000000000000000000000000.html", "/timeline-2.html", "/timeline-1.html",
        "/timeline-99999999999999999999.html", "/verbatim.css/", "/archive/log/data.mdb"}) {
    const std::string answer = Get(path);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 404")) << path;
    EXPECT_THAT(answer, Not(HasSubstr("root:"))) << path;
  }
  for (const char* const query :
       {"?seq=x", "?seq=-1", "?seq=99999999999999999999999", "?seq=%3C"}) {
    EXPECT_EQ(Status("/index.html" + std::string(query)), "400") << query;
  }
  EXPECT_EQ(Status("/index.html?seq="), "200");
  EXPECT_EQ(Status("/index.html?other=1&seq=40"), "200");
}

TEST_F(Pages, ServeListensOnLoopbackAlone) {
  ASSERT_EQ(IngestSamples().exit, 0);
  const Finished refused = Verbatim({"serve", "--address", "0.0.0.0"});
  EXPECT_EQ(refused.exit, 2);
  EXPECT_THAT(refused.err, HasSubstr("127.0.0.1"));
}

}  // namespace
}  // namespace verbatim::testing
