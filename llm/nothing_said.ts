/**
 * Whether an answer says anything of what is in the picture. It is read clause by clause:
 * one clause that neither refuses nor finds nothing is enough, whatever the others say.
 * English only: an answer in another language is taken to say something. Pure.
 * @module
 */

/** True when every clause is a refusal, a politeness, or says that nothing is there. */
export function saysNothing(text: string): boolean {
  let follows = false;
  for (const clause of clausesOf(text)) {
    const isQuiet = QUIET_CLAUSES.some((quiet) => quiet.test(clause)) ||
      (follows && GOES_ON.test(clause));
    if (!isQuiet) return false;
    follows = true;
  }
  return true;
}

/** At marks, and at words after which a sentence can turn to what there is. */
function clausesOf(text: string): readonly string[] {
  return text.toLowerCase().replaceAll("’", "'").split(MARKS)
    .flatMap((part) => part.trim().replace(LEADING, "").split(TURNS))
    .map((clause) => clause.trim().replace(LEADING, ""))
    .filter((clause) => /[\p{L}\p{N}]/u.test(clause));
}

const MARKS = /[.!?;:,…()"“”]+(?=\s|$)|\s[-–—]+\s|—/u;
const TURNS = new RegExp(
  "\\s+(?:and|but|except(?: for)?|other than|besides|apart from|aside from|however|" +
    "although|though|yet|while|with|because|where|when|which|showing|containing)\\s+|" +
    "\\s+(?:as|so|since)\\s+(?=(?:an?(?! ai\\b| language)|the|it|it's|he|she|they|i|one|two|some|there)\\b)",
  "u",
);
const PICTURE =
  "(?:image|picture|photo|photograph|frame|scene|view|screen|footage|video|crop|background|camera)";
/** What stands before a clause and says nothing by itself. */
const LEADING = new RegExp(
  "^(?:(?:and|but|so|with|however|although|though|unfortunately|currently|overall|well|only|" +
    "just|also|then|here|yes|ok|okay|sure|certainly|of course|making|" +
    `(?:based on|judging by|in|from) (?:the|this|your|what) ${PICTURE}(?: provided| itself)?)\\b\\s*)+`,
  "u",
);
const PLACE =
  "(?:area|street|road|driveway|yard|backyard|garden|path|pathway|room|hall|hallway|corridor|" +
  "porch|parking lot|car park|sidewalk|pavement|walkway|lawn|field|doorway|entrance|patio|night)";
const VERY =
  "(?:completely|entirely|mostly|totally|almost|nearly|too|very|quite|so|rather|just|only)";
const EMPTY =
  "(?:blank|empty|black|white|gr[ae]y|dark|dim|dimly lit|blurry|blurred|unclear|grainy|noisy|" +
  "still|quiet|silent|calm|motionless|static|stationary|deserted|unoccupied|vacant|" +
  "pixelated|distorted|low quality|out of focus|overexposed|underexposed|unremarkable|normal)";
const ROADSIDE = "(?:residential|suburban|urban|rural|outdoor|indoor|paved|narrow|wet)";
/** What follows does not turn to something that is there. */
const END =
  "(?=$| (?:to|at|in|of|for|now|today|outside|overall|due|that|enough|or|here|again|from)\\b)";

/** An empty street; dark; a very blurry image; the driveway. */
const HOLLOW = `(?:(?:an?|the|this|that|it is|this is) )?(?:${VERY} )*(?:` +
  `(?:(?:${EMPTY}|${ROADSIDE}),? )*(?:${PLACE})|(?:${EMPTY} )*${EMPTY}(?: ${PICTURE})?|` +
  `darkness|blackness|nothingness|nothing|static noise|noise)${END}`;

const NOT = "(?:n't| not|not)";
const SIGHT =
  "(?:visible|seen|detected|present|observed|identified|identifiable|found|discernible|" +
  "recognizable|recognisable|shown|in sight|in view|moving|happening|there|here|around)";

const QUIET_CLAUSES: readonly RegExp[] = [
  // Who speaks of itself, of its help or to us.
  `(?:i|we)(?:'m| am| are)(?: an?)?(?: just)?(?: an?)? ?(?:so |very |really )?(?:ai|language model|model|assistant|unable|not able|not sure|unsure|uncertain|sorry|afraid|not)\\b`,
  `(?:i|we) (?:can ?not|can't|could ?not|couldn't|do ?not|don't|did ?not|didn't|would need|need|apologi[sz]e|would be happy|can help|regret)\\b`,
  `(?:i|we)(?: can| could)? (?:only )?see (?:no|nothing|only darkness)\\b`,
  `i hope this|how (?:can|may) i|let me know|feel free|if you (?:can|could|have|need|would|want|provide|share)\\b`,
  `(?:i'?m )?(?:so |very )?sorry$|(?:my )?apologies$|thank(?:s| you)\\b|hello$|hi$`,
  `as an? (?:ai|artificial|large language|language|vision|text|multimodal|virtual)\\b`,
  `please (?:provide|upload|share|send|note|describe|give|let|try|attach)\\b`,
  `without (?:an? |the |any |more |further )*(?:${PICTURE}|context|information|details?)\\b`,
  `there (?:was|is|has been) an? (?:problem|error|issue)\\b|something went wrong`,
  // It cannot tell.
  `it (?:hard|difficult|impossible)\\b`,
  `(?:can ?not|can't|could not)\\b|(?:unable|impossible|hard|difficult|not possible) to\\b`,
  `(?:it|that|this|what)(?:'s| is| was| would be| appears| seems)(?: to be)? (?:${VERY} )*(?:(?:not|un)(?:\\s?(?:possible|clear|visible|known|certain))|hard|difficult|impossible|${HOLLOW})`,
  `(?:un(?:clear|known|certain|identifiable|identified|determined|recognizable)|not applicable|n/?a|ok|okay|yes|no|none|nothing|invisible|unsure|that|this|it|you|more|(?:that|this|your) request)$`,
  `(?:not|in)\\s?(?:visible|clear|sufficient|enough|available|determinable|discernible|conclusive|sure)\\b`,
  // Nothing is there.
  `(?:nothing|nobody|no one|no-one|noone|none)(?=$| (?:is|are|was|can|could|to|of|in|at|on|visible|seen|here|there|else|moves|moving|happens|happening|appears|seems|significant|notable|unusual|special|interesting|but|has)\\b)`,
  `no (?!\\p{L}+ (?:sign|signs|zone)\\b)\\p{L}+`,
  `there(?:'s| is| are| was| were| appears to be| seems to be|'re)(?: currently| also)? (?:no|nothing|nobody|not|only darkness|just darkness|only an empty|just an empty)\\b`,
  `there (?:is|are|was|were|does|do|did|can)${NOT}\\b`,
  `there (?:is|are|appears to be|seems to be)(?: only| just)? ${HOLLOW}`,
  `(?:the|this|that|your|an?)(?: \\p{L}+){0,2}? ${PICTURE}(?: (?:you )?(?:provided|sent|shared|above|itself))? (?:is|are|was|has|could|can|does|did)${NOT}\\b`,
  `(?:the|this|that|your|an?)(?: \\p{L}+){0,2}? ${PICTURE}(?: (?:you )?(?:provided|sent|shared|above|itself))?(?: only| just)? (?:shows|contains|depicts|displays|reveals|captures|has|features|consists of|lacks)(?: only| just)? (?:no|nothing|any|nobody|${HOLLOW})(?=$| )`,
  `(?:(?:the|this|that|your|an?) )?(?:(?:${EMPTY}|${ROADSIDE}|\\p{L}+) )?(?:${PICTURE}|${PLACE})(?: (?:you )?(?:provided|sent|shared|above|itself))? (?:is|are|was|appears|seems|looks|remains)(?: to be| currently)? ${HOLLOW}`,
  HOLLOW + "$",
  HOLLOW +
  " (?:at night|at dusk|in the dark|of nothing|of the night|during the day|to see|to tell|to describe|to make out)\\b",
  // A predicate that was cut off from its negative subject.
  `(?:is|are|was|were|can be|could be|to be)(?: currently)? ${SIGHT}\\b`,
].map((source) => new RegExp(`^(?:${source})`, "u"));

/** What a list goes on with after "no people": "vehicles", "or animals are visible". */
const GOES_ON = new RegExp(
  "^(?:(?:or|nor) .*|(?:(?:any|other|visible|moving|significant|specific|discernible) )*" +
    "(?:people|persons?|humans?|animals?|pets?|vehicles?|cars?|objects?|items|subjects?|" +
    "figures?|activity|activities|action|actions|movements?|motion|changes?|details|text|" +
    "anything|anyone|events?|living things|creatures)" +
    `(?: (?:(?:is|are|was|were|can be|could be|to be) )?(?:currently )?${SIGHT}| of (?:note|interest)| in (?:it|the \\p{L}+)| to (?:describe|report|see))?)$`,
  "u",
);
