// SPDX-License-Identifier: Apache-2.0
// When something was said: the day that its attribution names, else the day of the same speaker's
// words just before, else the article's date as an upper bound.
#ifndef VERBATIM_QUOTES_SAID_ON_H_
#define VERBATIM_QUOTES_SAID_ON_H_

#include <vector>

#include "quotations.h"

namespace verbatim::quotes {

// Fills said_on and said_on_basis. `quotations` by first span; `from[n]` is the attribution of the
// n-th.
void DateQuotations(const Document& doc, const Article& article,
                    const std::vector<const Attribution*>& from,
                    std::vector<Quotation>& quotations);

}  // namespace verbatim::quotes

#endif  // VERBATIM_QUOTES_SAID_ON_H_
