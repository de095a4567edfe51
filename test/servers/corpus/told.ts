/**
 * What a finding about a case has to be about: the first pattern that fits its id tells the rules that may speak of it,
 * and the first of these has to. A case that no pattern fits may be told in any way.
 */
const TOLD: readonly (readonly [ids: RegExp, rule: string, ...others: readonly string[]])[] = [
  [/^F-(crlf-split|name-crlf)$/, 'header-injection', 'message-syntax'],
  [/-500(-|$)|^S-50|-503|^F-(unknown|sql)-?500$|^F-(sql|name-of-object)$|^G-.*-500$/, 'server-error'],
  [/^[RG]-.*-hang$|^F-(long-hang|nul-reset)$/, 'answer'],

  [/^T-(cut-(body|now|head)|length-too-large$|never-|second-never|closes-|resets-)/, 'answer'],
  [
    /^T-(chunk-size-(too-large|decimal)|chunk-(without-end|end-)|endless-|interim-only|stops-|drips-h)/,
    'answer',
  ],
  [/^T-(late-first-byte|drips|once-never-answered)$|^G-slower-and-slower$/, 'slow-answer'],
  [
    /^T-length-(not-|signed|negative|hexa|decimal|and-)|^T-lengths-|^T-chunked-(?!declared)/,
    'message-length',
  ],
  [/^T-chunk-(size-|bare-)/, 'message-length'],
  [/^T-(surplus-after-|second-response|length-(too-small|one-|in-))/, 'surplus-bytes'],
  [/^T-surplus-newline$/, 'surplus-newline'],
  [/^T-(length-of-no-content|head-body)$|^R-(options|304)-body$/, 'bodiless-answer'],
  [/^T-length-0-of-no-content$/, 'needless-length'],
  [/^T-(status-(line-|0)|http-0\.9|garbage|greets|surplus-before|bare-lf|folded|indented)/, 'message-syntax'],
  [/^T-(blank-(before|in)|header-without|umlaut|nul-in-h|cr-in|control-in)/, 'message-syntax'],
  [/^T-redirect-(away|slash|https)$/, 'documented-status'],
  [/^T-huge-(list|once)$/, 'answer-size'],
  [/^T-two-content-types$/, 'header-syntax'],

  [/^T-br-for-gzip$/, 'unasked-coding', 'vary'],
  [/^T-gzip-for-identity$|^G-cache-gzip$/, 'unasked-coding'],
  [/^T-(gzip-when-asked-broken|br-cut)$/, 'content-coding', 'vary'],
  [/^T-(gzip-(?!undeclared|once)|br-|deflate-)/, 'content-coding'],
  [/^T-(bom|latin1|utf16$|[a-z]+-utf8)/, 'json-encoding'],
  [/^T-lone-/, 'json-characters'],
  [/^T-duplicate-names/, 'duplicate-name'],
  [/^T-almost-zero$|^E-code-(tiny-fraction|over-by-rounding)$/, 'number-precision'],
  [/^T-deep-nesting$/, 'nesting-depth'],
  [/^T-charset-lie$/, 'charset'],
  [/^T-huge-number$|^E-code-(huge|infinite)$/, 'schema', 'number-precision'],
  [/^T-body-null$/, 'schema'],
  [/^T-utf16-without-mark$/, 'json-syntax', 'json-encoding'],
  [
    /^T-(body-length-0|utf|raw-|bad-|short-|escaped-|nan|infinity|undefined|hex-|leading-|plus-)/,
    'json-syntax',
  ],
  [
    /^T-(dot-|python-|unquoted|comment|line-comment|trailing-|missing-|two-doc|html-|warning-)/,
    'json-syntax',
  ],
  [/^T-(xssi|jsonp|nul-bytes|nbsp|ndjson|xml|yaml|cut-json|blank-body)/, 'json-syntax'],

  [/^H-(vendor-(only|never)-by|json-(with|in)-)/, 'media-type', 'vary'],
  [/^H-vary-(accept-)?missing$/, 'vary'],
  [/^H-(plain-|other-|vendor-|html|octets|no-type|wildcard|problem|json-)/, 'media-type'],
  [
    /^H-(empty-type|malformed-|type-|two-types|date-|last-mod|etag-(?!changing)|retry-|location-)/,
    'header-syntax',
  ],
  [/^H-(age|allow|vary|cache-control)-garbage$|^R-range-mislabelled$/, 'header-syntax'],
  [/^H-etag-changing-body$/, 'etag'],
  [/^H-304-(always|since)$/, 'not-modified'],
  [/^H-405-without-allow$/, 'status-header', 'head'],
  [/^H-405-without-allow-|^R-range-wrong$/, 'status-header'],
  [/^H-cookie$/, 'session-cookie'],
  [/^H-cacheable$/, 'shared-cache'],
  [/^H-cors-/, 'cors-credentials'],
  [/^H-head-/, 'head-differs'],
  [/^H-(options-promises|allow-lacks-get)$/, 'allow'],

  [/^S-absent-200-(error|nothing)$/, 'absent-name', 'schema', 'always-present'],
  [/^S-absent-(200|first|400|filtered)/, 'absent-name'],
  [/^S-open-world$/, 'open-world'],
  [/^S-existing-404|^G-(every-fifth-404|cache-404|stale-metalake)$/, 'existing-name'],
  [/^S-400-always$/, 'refused-name'],
  [/^S-400-filtered$/, 'filter'],
  [/^S-405-get$/, 'documented-status', 'allow'],
  [/^S-(absent-(204|302|403|410)|20|29|3|401|403|409|41|42)|^H-(304-unasked|401)/, 'documented-status'],
  [/^S-406-lone-json$/, 'accept-json'],
  [/^S-406|^G-cache-406$/, 'acceptable'],
  [/^S-head-/, 'head'],
  [/^S-sibling/, 'sibling-path'],
  [/^F-name-malformed$|^S-lenient-escapes$/, 'malformed-name'],
  [/^S-error-as-success$/, 'schema', 'always-present'],
  [/^S-absent-404-as-list$/, 'schema'],
  [/^S-put-200$|^R-put-works$/, 'undescribed-method'],

  [/^B-(root-(wrapped|empty)|code-missing|jobs-(missing|capital))/, 'always-present'],
  [/^B-modified-before/, 'time-order'],
  [/^B-created-in-future$/, 'future-time'],
  [/^B-secret$/, 'secret'],
  [/^B-truncated/, 'filter'],
  [/^B-/, 'schema'],

  [/^E-(empty|text-as-json|html-as-json)/, 'json-syntax'],
  [/^E-(text|html)$/, 'media-type'],
  [/^E-problem$/, 'media-type', 'schema'],
  [/^E-message-empty$/, 'empty-text'],
  [/^E-code-of-/, 'error-code'],
  [/^E-(paths|sql)$/, 'internals'],
  [/^E-/, 'schema'],

  [/^F-filtered-other-(creator|time)$/, 'immutable-value'],
  [/^F-duplicates-when-filtered$/, 'unique-key'],
  [/^F-empty-/, 'empty-filter'],
  [/^F-plus-kept$/, 'plus-sign'],
  [/^F-(trimmed|blank-all)$/, 'trimmed-filter'],
  [/^F-unknown-parameter-400$/, 'unknown-parameter'],
  [/^F-(name-in-any|prefix)-parameter$/, 'same-data'],
  [/^F-crlf-injected$/, 'header-injection'],
  [/^F-value-reflected$/, 'json-syntax'],
  [/^F-filter-adds-field$/, 'schema'],
  [/^F-name-(undecoded|partly-decoded|latin1)$/, 'existing-name'],
  [/^F-name-case-folded$/, 'existing-name', 'other-name'],
  [/^F-name-null$/, 'resembling-name'],
  [/^F-name-in-html$/, 'markup'],
  [/^F-other-metalake$/, 'other-name', 'filter'],
  [/^F-name-/, 'other-name'],
  [/^F-/, 'filter'],

  [/^G-(create-time-|creator-)/, 'immutable-value'],
  [/^G-(twice-listed|same-ids)/, 'unique-key'],
  [/^G-(every-third-partial|every-second-same|two-replicas|some-partial|order-by-chance-cut)$/, 'repeat'],
  [/^G-(id-changes|shrinks|stale-filter)$/, 'repeat', 'filter'],
  [/^G-(every-fifth-plain|every-ninth|by-user|type-by|cache-without-accept)/, 'media-type'],
  [/^G-(every-(11|60)th-empty|cache-head)/, 'json-syntax'],
  [/^G-(cache-(without-query|short|folded)|template-changes|id-by-index)/, 'filter'],
  [/^G-(cache-(without-path|last)|memory)/, 'absent-name'],
  [/^G-(some-capitals|second-conn|first-conn|date-by|status-by|broken-when)/, 'schema'],
  [/^G-(status-changes-code|cache-304)$/, 'documented-status'],

  [/^R-http-1\.0-/, 'old-client'],
  [/^R-absolute-form-400$/, 'absolute-form'],
  [/^R-host-missing-taken$/, 'host-field'],
  [/^R-range-cut-200$/, 'json-syntax'],
];

/** The rules that may speak of a case, the one that has to first; none where nothing is said of it. */
export function rulesFor(id: string): readonly string[] {
  const [, ...rules] = TOLD.find(([ids]) => ids.test(id)) ?? [];
  return rules;
}

/** Whether no other rules than those that should convicted a case; also where nothing is said of it. */
export function isToldWell(id: string, checks: readonly string[]): boolean {
  const rules = rulesFor(id);
  return rules.length === 0 || checks.every((check) => rules.includes(check));
}
