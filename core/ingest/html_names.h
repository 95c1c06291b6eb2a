// SPDX-License-Identifier: Apache-2.0
// The tags and attributes that reading a page asks about; all others are kOther, and kNone.
#ifndef VERBATIM_CORE_INGEST_HTML_NAMES_H_
#define VERBATIM_CORE_INGEST_HTML_NAMES_H_

#include <cstdint>
#include <string_view>

namespace verbatim::ingest {

enum class Tag : uint8_t {
  kText,  // a run of characters, no element
  kOther,
  kA,
  kAbbr,
  kAddress,
  kArticle,
  kAside,
  kAudio,
  kB,
  kBase,
  kBlockquote,
  kBody,
  kBr,
  kButton,
  kCaption,
  kCenter,
  kCite,
  kCode,
  kDd,
  kDetails,
  kDialog,
  kDiv,
  kDl,
  kDt,
  kEm,
  kFieldset,
  kFigcaption,
  kFigure,
  kFont,
  kFooter,
  kForm,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kHead,
  kHeader,
  kHr,
  kHtml,
  kI,
  kIframe,
  kImg,
  kInput,
  kLabel,
  kLegend,
  kLi,
  kLink,
  kMain,
  kMeta,
  kNav,
  kNoscript,
  kObject,
  kOl,
  kOption,
  kP,
  kPicture,
  kPre,
  kQ,
  kScript,
  kSection,
  kSelect,
  kSmall,
  kSource,
  kSpan,
  kStrong,
  kStyle,
  kSub,
  kSummary,
  kSup,
  kSvg,
  kTable,
  kTbody,
  kTd,
  kTemplate,
  kTextarea,
  kTfoot,
  kTh,
  kThead,
  kTime,
  kTitle,
  kTr,
  kU,
  kUl,
  kVideo,
  kWbr,
};

enum class AttrName : uint8_t {
  kNone,
  kAriaHidden,
  kClass,
  kContent,
  kDataComponent,
  kDataTestid,
  kDatetime,
  kHidden,
  kHref,
  kHttpEquiv,
  kId,
  kItemprop,
  kLang,
  kName,
  kProperty,
  kRel,
  kRole,
  kStyle,
  kTitle,
  kType,
};

// Names in any case; kOther and kNone for what stands in neither list.
Tag TagOf(std::string_view name);
AttrName AttrNameOf(std::string_view name);

// Elements with no content and no end tag.
bool IsVoid(Tag tag);
// Elements that begin and end a line of their own.
bool IsBlockTag(Tag tag);
// 1 to 6 of <h1> to <h6>, 0 of all others.
constexpr int HeadingLevel(Tag tag) {
  return tag >= Tag::kH1 && tag <= Tag::kH6 ? static_cast<int>(tag) - static_cast<int>(Tag::kH1) + 1
                                            : 0;
}

}  // namespace verbatim::ingest

#endif  // VERBATIM_CORE_INGEST_HTML_NAMES_H_
