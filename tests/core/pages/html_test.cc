// SPDX-License-Identifier: Apache-2.0
// What others wrote stays text.
#include "core/pages/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/pages/frame.h"
#include "core/schema/value.h"

namespace verbatim::pages {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Html, MarkupIsText) {
  EXPECT_EQ(Escape("<img src=x onerror=\"a('b')\">&\r"),
            "&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;&#13;");
  EXPECT_EQ(Escape(std::string_view("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(Isolated("<b>"), "<bdi>&lt;b&gt;</bdi>");
}

TEST(Html, ATitleCannotTurnTheWritingAround) {
  EXPECT_EQ(PlainTitle("gnp.\xE2\x80\xAE</title>x\xE2\x81\xA9"), "gnp.&lt;/title&gt;x");
  EXPECT_EQ(PlainTitle("caf\xC3\xA9 \xE2\x80\x9C\xE2"), "caf\xC3\xA9 \xE2\x80\x9C\xE2");
}

TEST(Html, DataEndsNoScript) {
  const std::string json = schema::ToJson(schema::Value("</script><!--<script>&"));
  const std::string safe = JsonForScript(json);
  EXPECT_THAT(safe, Not(HasSubstr("<")));
  EXPECT_EQ(safe, "\"\\u003c/script\\u003e\\u003c!--\\u003cscript\\u003e\\u0026\"");
}

TEST(Html, OnlyWebAddressesAreLinks) {
  EXPECT_EQ(WebLink("javascript:alert(1)", "here"), "<bdi>here</bdi>");
  EXPECT_EQ(WebLink("data:text/html,x", "x"), "<bdi>x</bdi>");
  EXPECT_THAT(WebLink("HTTPS://a.example/\"onclick=\"b", "x"),
              HasSubstr("href=\"HTTPS://a.example/&quot;onclick=&quot;b\""));
}

TEST(Html, DiffsShowWhatWentAndWhatCame) {
  EXPECT_EQ(DiffHtml("dues [-not-] {+<b>+} rise"), "dues <del>not</del> <ins>&lt;b&gt;</ins> rise");
  EXPECT_EQ(DiffHtml("open [- end"), "open [- end");
  EXPECT_EQ(DiffHtml("{+all+}"), "<ins>all</ins>");
}

TEST(Html, APageAllowsNoScriptOfItsOwn) {
  const std::string page = Framed({}, {.title = "T", .root = "../", .here = "index.html"}, "x");
  EXPECT_THAT(page, HasSubstr("script-src 'self'"));
  EXPECT_THAT(page, Not(HasSubstr("unsafe")));
  EXPECT_THAT(page, Not(HasSubstr("style=")));
  EXPECT_THAT(page, HasSubstr("src=\"../verbatim.js\""));
}

}  // namespace
}  // namespace verbatim::pages
