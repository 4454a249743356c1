#include "crm/service/sample_story.h"

// Tables, a row a line:
// clang-format off

namespace ties::sample {

using enum Direction;
using Kind = InteractionKind;
using State = ReferralState;
using Stage = StageKind;

const std::vector<Company>& companies() {
  static const std::vector<Company> table{
      {"Lanternfield Research", true, "lanternfield.example", "lanternfield", "Compilers for odd hardware. Their Emberloom is open source."},
      {"Quillmark Systems", true, "quillmark.example", "quillmark", "The Inkwell runtime. Small teams, long nights before a release."},
      {"Cobaltwren", true, "cobaltwren.example", "cobaltwren", "Static analysis for cars and trains."},
      {"Emberfold Robotics", true, "emberfold.example", "emberfold", "Warehouse arms. Hiring for the platform team since spring."},
      {"Brightloom Labs", false, "brightloom.example", "brightloom", "Spun out of Fjordheim; twenty people."},
      {"Kelpforge", false, "kelpforge.example", "kelpforge", "Build tools."},
      {"Tidewell Analytics", false, "tidewell.example", "tidewell", ""},
      {"Northquay Bank", false, "northquay.example", "", "Where I was before Polder."},
      {"Polder Systems", false, "polder.example", "polder", "Where I am now."},
      {"Skerry Compute", false, "skerry.example", "skerry", "Una started it last year."},
      {"Vellum & Oak", false, "vellumoak.example", "", "An agency. They also fill roles at Cobaltwren: never let both hand me in."},
      {"Fjordheim University", false, "fjordheim.example", "", ""},
  };
  return table;
}

const std::vector<Circle>& circles() {
  static const std::vector<Circle> table{{"inner circle", 30}, {"mentors", 60}, {"compilers"}, {"alumni"}, {"recruiters"}, {"robotics"}, {"open source"}};
  return table;
}

const std::vector<Event>& events() {
  static const std::vector<Event> table{
      {"LoopConf", "Gothenburg", -61, -59, "Compilers and runtimes. The hallway was better than the talks."},
      {"SkerryConf", "Oslo", -8, -6, "Poster session on the second evening."},
      {"Parsers & Friends", "Oslo", 12, 12, "A meetup. Ask Noor whether she comes."},
  };
  return table;
}

const std::vector<Person>& people() {
  static const std::vector<Person> table{
      // Lanternfield Research
      {"Ishaan Devrukhkar", "Lanternfield Research", "Staff Research Engineer", 50, "Oslo", {"compilers", "inner circle", "open source"},
       "ishaan@lanternfield.example", "ishaan-devrukhkar", "Reviews fast and kindly. Likes **small** patches.", "LoopConf", "", {}, true},
      {"Ottilie Brackwater", "Lanternfield Research", "Engineering Manager, Compilers", 70, "Oslo", {"compilers"}, "ottilie@lanternfield.example"},
      {"Mireille Aubanel", "Lanternfield Research", "Research Engineer", 20, "Grenoble", {"compilers", "open source"}, "mireille@lanternfield.example", "m-aubanel", "", "SkerryConf"},
      {"Tomasz Wierzbicki-Hald", "Lanternfield Research", "Senior Team Lead", 84, "Oslo", {}, "tomasz@lanternfield.example"},
      {"Hanae Mizushiro", "Lanternfield Research", "People Partner", 40, "Oslo"},
      // Quillmark Systems
      {"Zoë Ålgård", "Quillmark Systems", "Principal Engineer", 60, "Bergen", {"compilers", "mentors"}, "zoe@quillmark.example", "zoealgard",
       "We shared an office at Northquay. Ask about the boat.", "", "", {}, true},
      {"Per-Olav Strandmo", "Quillmark Systems", "Engineer", 28, "Bergen", {"open source"}, "per-olav@quillmark.example", "strandmo", "", "LoopConf"},
      {"Adaeze Nwokolo", "Quillmark Systems", "Director of Runtime", 66, "London", {}, "adaeze@quillmark.example", "", "Zoë's manager; the one who decides.", "", "Zoë Ålgård"},
      {"Łucjan Żmijewski", "Quillmark Systems", "Engineer", 14, "Gdańsk", {}, "", "", "", "LoopConf"},
      // Cobaltwren
      {"Renske Oudekerk", "Cobaltwren", "Engineering Manager", 44, "Utrecht", {"compilers"}, "renske@cobaltwren.example", "", "Met at the poster on loop folding.", "LoopConf"},
      {"Dov Halpryn", "Cobaltwren", "Senior Engineer", 31, "Berlin", {}, "dov@cobaltwren.example"},
      {"林若溪", "Cobaltwren", "Research Engineer", 18, "Berlin", {"compilers"}, "ruoxi@cobaltwren.example", "linruoxi", "", "SkerryConf"},
      {"Cillian Marrowby", "Cobaltwren", "Recruiter", 22, "Dublin", {"recruiters"}, "cillian@cobaltwren.example"},
      // Emberfold Robotics
      {"Linnea Hjortsberg", "Emberfold Robotics", "Perception Lead", 38, "Stockholm", {"robotics", "alumni"}, "linnea@emberfold.example", "", "Fjordheim, two years above me."},
      {"Kwabena Osei-Tutuh", "Emberfold Robotics", "Robotics Engineer", 25, "Stockholm", {"robotics"}, "", "kwabena-ot", "", "SkerryConf"},
      {"Petra Vondráková", "Emberfold Robotics", "Talent Partner", 16, "Prague", {"recruiters"}, "petra@emberfold.example"},
      {"Aulis Rautakoski", "Emberfold Robotics", "Engineer", 12, "Tampere"},
      // Brightloom Labs
      {"Bence Szentkuti", "Brightloom Labs", "CTO", 48, "Oslo", {"alumni", "inner circle"}, "bence@brightloom.example", "bence-s"},
      {"Ines Calderwood", "Brightloom Labs", "Engineer", 21, "Oslo", {"alumni"}, "ines@brightloom.example"},
      {"Farid Qaderi", "Brightloom Labs", "Engineer", 9, "Oslo"},
      // Kelpforge
      {"Marisol Teixidor", "Kelpforge", "Developer Advocate", 30, "Barcelona", {"open source"}, "marisol@kelpforge.example", "", "Runs the LoopConf podcast.", "LoopConf"},
      {"Jun Hatakeda", "Kelpforge", "Engineer", 35, "Osaka", {"open source"}, "jun@kelpforge.example", "jun-hatakeda"},
      {"Oda Lysgaard", "Kelpforge", "Product Lead", 27, "Copenhagen"},
      // Tidewell Analytics
      {"Prakash Venkatadri", "Tidewell Analytics", "Data Engineer", 33, "Leeds", {}, "prakash@tidewell.example"},
      {"Siobhán Kerrowe", "Tidewell Analytics", "Staff Engineer", 52, "Cork", {"mentors"}, "siobhan@tidewell.example"},
      {"Siobhan Kerrowe", "Tidewell Analytics", "Staff Engineer", 52, "Cork", {}, "", "skerrowe", "Out of an old address book: the same person?"},
      {"Gaspard Thévenin", "Tidewell Analytics", "Engineer", 11, "Lyon"},
      // Northquay Bank
      {"Dagny Ferrante", "Northquay Bank", "Head of Engineering", 4, "Oslo", {"inner circle"}, "dagny@northquay.example", "", "My first manager.", "", "", {}, true},
      {"Walter Pinnegar", "Northquay Bank", "Principal Engineer", 110, "Oslo", {"mentors"}, "walter@northquay.example"},
      {"Rosalind Achterberg", "Northquay Bank", "Engineer", 40, "Oslo"},
      {"Emre Karabağ", "Northquay Bank", "Quantitative Developer", 36, "London", {}, "emre@northquay.example"},
      // Polder Systems
      {"Joost Vlietstra", "Polder Systems", "Engineer", 26, "Oslo"},
      {"Annelie Grubbe", "Polder Systems", "Engineer", 19, "Oslo", {"compilers"}},
      {"Teodor Ilievschi", "Polder Systems", "Team Lead", 47, "Oslo", {}, "teodor@polder.example", "", "Does not know that I am looking."},
      // Skerry Compute
      {"Una Corrigall", "Skerry Compute", "Founder", 15, "Aberdeen", {"open source"}, "una@skerry.example", "una-c", "", "SkerryConf"},
      {"Matthis Reinwald", "Skerry Compute", "Engineer", 8, "Aberdeen"},
      {"Noor Jahangiri", "Skerry Compute", "Compiler Engineer", 1, "Oslo", {"compilers", "inner circle"}, "noor@skerry.example", "noorj", "", "LoopConf"},
      // Agencies and the university
      {"Beatrix Longstaff", "Vellum & Oak", "Consultant", 29, "London", {"recruiters"}, "beatrix@vellumoak.example"},
      {"Rufus Amberley", "Vellum & Oak", "Consultant", 7, "London", {"recruiters"}},
      {"Sunniva Eikeland", "Fjordheim University", "Professor", 150, "Fjordheim", {"mentors", "alumni"}, "sunniva@fjordheim.example", "", "Supervised my thesis."},
      {"Yusuf Bağcıoğlu", "Fjordheim University", "Doctoral Candidate", 32, "Fjordheim", {"compilers", "alumni"}, "", "yusufb", "", "SkerryConf", "Sunniva Eikeland"},
      {"Clementine Ashgrove", "Fjordheim University", "Lecturer", 58, "Fjordheim", {"alumni"}},
  };
  return table;
}

const std::vector<FormerJob>& former_jobs() {
  static const std::vector<FormerJob> table{
      {"Noor Jahangiri", "Kelpforge", "Engineer", 30, -5},
      {"Dagny Ferrante", "Northquay Bank", "Engineering Manager", 90, -12},
      {"Zoë Ålgård", "Northquay Bank", "Senior Engineer", 110},
      {"Per-Olav Strandmo", "Polder Systems", "Engineer", 60},
      {"Bence Szentkuti", "Fjordheim University", "Research Assistant", 90},
      {"Dov Halpryn", "Lanternfield Research", "Engineer", 75},
      {"Una Corrigall", "Lanternfield Research", "Research Engineer", 66},
      {"Matthis Reinwald", "Cobaltwren", "Engineer", 40},
  };
  return table;
}

const std::vector<FormerJob>& own_jobs() {
  static const std::vector<FormerJob> table{
      {"", "Northquay Bank", "Engineer", 110},
      {"", "Polder Systems", "Senior Engineer", 44},
  };
  return table;
}

const std::vector<Talk>& talks() {
  static const std::vector<Talk> table{
      {-200, Kind::coffee, {"Zoë Ålgård"}, "She left Northquay in spring and does not miss it. Quillmark hires slowly, but well.", none, "in person"},
      {-190, Kind::email, {"Sunniva Eikeland"}, "Asked whom she knows at Lanternfield. She will think.", out, "mail"},
      {-186, Kind::email, {"Sunniva Eikeland"}, "Names Una, who used to be there.", in, "mail"},
      {-150, Kind::call, {"Dagny Ferrante"}, "Reads my CV on Sunday; says that the second page is the better one.", none, "phone"},
      {-140, Kind::video, {"Una Corrigall"}, "Why she left Lanternfield: to build her own. She only says good things of the compilers group.", none, "video"},
      {-120, Kind::comment, {"Ishaan Devrukhkar"}, "Liked his post on vector folding.", out, "linkedin"},
      {-110, Kind::message, {"Ishaan Devrukhkar"}, "Thanked me for the bug report, and asked for a patch.", in, "linkedin"},
      {-100, Kind::coffee, {"Bence Szentkuti", "Ines Calderwood"}, "Brightloom grows. They look for somebody who has shipped a compiler.", none, "in person"},
      {-95, Kind::recommendation, {"Walter Pinnegar"}, "\"The calmest person in an outage.\"", in, "linkedin"},
      {-92, Kind::call, {"Beatrix Longstaff"}, "Three roles, none of them mine. Told her to ask before she sends my CV anywhere.", in, "phone"},
      {-88, Kind::message, {"Jun Hatakeda"}, "Kelpforge has an opening; he offers to hand me in.", in, "signal"},
      {-83, Kind::call, {"Ishaan Devrukhkar"}, "Forty minutes about the lowering pass. He offered to refer me before I asked.", none, "video"},
      {-70, Kind::message, {"Prakash Venkatadri"}, "Wrote that I take myself out of the running at Tidewell.", out, "linkedin"},
      {-61, Kind::met, {"Renske Oudekerk", "Łucjan Żmijewski"}, "At the poster on loop folding. Renske wants the numbers behind the second figure.", none, "in person", "LoopConf"},
      {-60, Kind::met, {"Per-Olav Strandmo"}, "Knows my patches to Inkwell by name.", none, "in person", "LoopConf"},
      {-60, Kind::talk, {"Marisol Teixidor"}, "She asked the best question after my talk.", none, "in person", "LoopConf"},
      {-59, Kind::met, {"Noor Jahangiri", "Ishaan Devrukhkar"}, "Dinner. Noor is restless at Kelpforge.", none, "in person", "LoopConf"},
      {-55, Kind::call, {"Hanae Mizushiro"}, "Recruiter call. Two quizzes, a coding round, then the leads.", none, "phone"},
      {-52, Kind::message, {"Renske Oudekerk"}, "Sent her the numbers.", out, "linkedin"},
      {-50, Kind::message, {"Renske Oudekerk"}, "\"This is exactly what we lack.\"", in, "linkedin"},
      {-45, Kind::message, {"Marisol Teixidor"}, "Podcast in autumn? I said yes.", in, "linkedin"},
      {-41, Kind::email, {"Oda Lysgaard"}, "Kelpforge went with somebody inside.", in, "mail"},
      {-38, Kind::coffee, {"Noor Jahangiri"}, "She has an offer from Una's company. Told her what I know of Una.", none, "in person"},
      {-35, Kind::invitation, {"Aulis Rautakoski"}, "Read your paper on grippers.", out, "linkedin", "", true},
      {-33, Kind::email, {"Emre Karabağ"}, "The bank does not hire before summer.", in, "mail"},
      {-29, Kind::call, {"Siobhán Kerrowe"}, "How she hires, and what she never asks.", none, "phone"},
      {-28, Kind::message, {"Cillian Marrowby"}, "Asked whether they have read my application.", out, "linkedin"},
      {-24, Kind::message, {"Ishaan Devrukhkar"}, "Asked how the quizzes went. Better than feared, said I.", in, "signal"},
      {-21, Kind::call, {"Walter Pinnegar"}, "How he answers the question why one leaves.", none, "phone"},
      {-15, Kind::message, {"Zoë Ålgård"}, "Asked whether she would hand me in for the runtime role.", out, "signal"},
      {-12, Kind::call, {"Bence Szentkuti"}, "An offer is coming. He asked what would make me say yes.", none, "phone"},
      {-10, Kind::message, {"Zoë Ålgård"}, "\"Of course. Send me the number of the opening.\"", in, "signal"},
      {-9, Kind::message, {"Renske Oudekerk"}, "Asked for a referral to the staff role.", out, "linkedin"},
      {-8, Kind::met, {"Mireille Aubanel"}, "Her poster: scheduling by constraint. Works two desks from Ishaan.", none, "in person", "SkerryConf"},
      {-7, Kind::met, {"林若溪", "Yusuf Bağcıoğlu"}, "She reviews for the same workshop as I do.", none, "in person", "SkerryConf"},
      {-7, Kind::met, {"Kwabena Osei-Tutuh"}, "The platform team needs somebody for the planner's compiler.", none, "in person", "SkerryConf"},
      {-6, Kind::coffee, {"Una Corrigall", "Matthis Reinwald"}, "Skerry hires in two months. Not for money, says Una.", none, "in person", "SkerryConf"},
      {-5, Kind::message, {"Linnea Hjortsberg"}, "She handed me in last week and tells me so today.", in, "signal"},
      {-4, Kind::message, {"林若溪"}, "Sent her the list of reviewers.", out, "mail"},
      {-4, Kind::message, {"Yusuf Bağcıoğlu"}, "Sent him the two papers that we spoke of.", out, "mail"},
      {-4, Kind::message, {"Matthis Reinwald"}, "His builds are green now.", in, "signal"},
      {-4, Kind::video, {"Ottilie Brackwater"}, "Coding round. Calm, precise, kind when I was stuck.", none, "video"},
      {-4, Kind::email, {"Petra Vondráková"}, "Proposes a first call tomorrow.", in, "mail"},
      {-3, Kind::call, {"Bence Szentkuti"}, "The offer: good, and short of what Lanternfield may pay. An answer within a week.", none, "phone"},
      {-2, Kind::call, {"Dagny Ferrante"}, "Between us: she would take me back at once. Not to be told.", none, "phone", "", false, true},
      {-1, Kind::video, {"Tomasz Wierzbicki-Hald", "Ottilie Brackwater"}, "Team lead round. Asked how I decide what not to build.", none, "video"},
      {-1, Kind::message, {"Annelie Grubbe"}, "Lunch on Thursday?", in, "signal"},
  };
  return table;
}

const std::vector<Promise>& promises() {
  static const std::vector<Promise> table{
      {"Mireille Aubanel", "send her the benchmark script", -8, 0, OwedBy::me},
      {"Una Corrigall", "introduce her to Yusuf", -6, 2, OwedBy::me},
      {"Per-Olav Strandmo", "send the notes of the hallway track", -60, -3, OwedBy::them},
      {"Kwabena Osei-Tutuh", "tell me who leads the platform team", -7, 1, OwedBy::them},
      {"Marisol Teixidor", "propose three topics for the podcast", -45, 6, OwedBy::me},
  };
  return table;
}

const std::vector<Favour>& favours() {
  using enum FavourDirection;
  static const std::vector<Favour> table{
      {-170, "Zoë Ålgård", given, "read the draft of her talk"},
      {-150, "Dagny Ferrante", received, "read my CV"},
      {-130, "Yusuf Bağcıoğlu", given, "looked through his thesis proposal"},
      {-95, "Walter Pinnegar", received, "wrote a recommendation"},
      {-82, "Ishaan Devrukhkar", received, "referred me to Lanternfield"},
      {-60, "Ishaan Devrukhkar", given, "found the bug in his vector folding"},
      {-38, "Noor Jahangiri", given, "talked through her offer"},
      {-21, "Walter Pinnegar", received, "an hour of rehearsal"},
      {-8, "Linnea Hjortsberg", received, "referred me to Emberfold"},
      {-6, "Matthis Reinwald", given, "set up their continuous builds"},
  };
  return table;
}

const std::vector<Contribution>& contributions() {
  using What = ContributionKind;
  using Part = ContributionPart;
  using Is = ContributionState;
  static const std::vector<Contribution> table{
      {What::issue, "Vector folding drops the last lane", "lanternfield/emberloom", "Lanternfield Research", "https://code.example/lanternfield/emberloom/issues/388", Is::closed, -118, -109,
       {{"Ishaan Devrukhkar", Part::answered}}},
      {What::pull_request, "Fold constant loops in the lowering pass", "lanternfield/emberloom", "Lanternfield Research", "https://code.example/lanternfield/emberloom/pull/412", Is::merged, -105, -90,
       {{"Ishaan Devrukhkar", Part::reviewed}, {"Ottilie Brackwater", Part::merged}}},
      {What::pull_request, "Name the pass in every diagnostic", "lanternfield/emberloom", "Lanternfield Research", "https://code.example/lanternfield/emberloom/pull/431", Is::open, -13, {},
       {{"Mireille Aubanel", Part::reviewed}}},
      {What::pull_request, "Inkwell: free coroutine frames early", "quillmark/inkwell", "Quillmark Systems", "https://code.example/quillmark/inkwell/pull/97", Is::merged, -98, -76,
       {{"Zoë Ålgård", Part::reviewed}, {"Per-Olav Strandmo", Part::merged}}},
      {What::review, "Inkwell: a second look at the timer wheel", "quillmark/inkwell", "Quillmark Systems", "https://code.example/quillmark/inkwell/pull/103", Is::closed, -44, -40,
       {{"Per-Olav Strandmo", Part::coauthor}}},
      {What::talk, "Loops that are not there: constant folding at scale", "", "", "https://loopconf.example/talks/loops", Is::published, -60, -60,
       {{"Marisol Teixidor", Part::answered}, {"Renske Oudekerk", Part::answered}}},
      {What::post, "What a compiler owes its reader", "", "", "https://signe.example/posts/what-a-compiler-owes", Is::published, -26, -26,
       {{"Sunniva Eikeland", Part::answered}}},
      {What::release, "foldbench 1.2", "signe/foldbench", "", "https://code.example/signe/foldbench/releases/1.2", Is::published, -18, -18, {}},
  };
  return table;
}

const std::vector<Application>& applications() {
  using Part = ApplicationPart;
  using From = ApplicationSource;
  using Ended = Outcome;
  using Held = InterviewOutcome;
  static const std::vector<Application> table{
      {"Software Engineer, Tools", "Lanternfield Research", From::referral,
       {{-90, Stage::lead, "seen on their page"}, {-82, Stage::referral}, {-66, Stage::applied}, {-55, Stage::screen, "Hanae calls"}},
       Ended::rerouted, -50, 2, {}, "Tools", "Oslo", "", "", "", "They saw me in the compilers group rather than in tools.",
       {{"Ishaan Devrukhkar", Part::referrer}, {"Hanae Mizushiro", Part::recruiter}},
       {{-55, 10, 30, "recruiter call", {"Hanae Mizushiro"}, Held::done, "phone", "", "Salary was no topic yet.", true}}},
      {"Research Engineer, Compilers", "Lanternfield Research", From::referral,
       {{-50, Stage::screen, "rerouted"}, {-36, Stage::assessment, "two quizzes"}, {-9, Stage::interview, "through both quizzes"}},
       Ended::open, {}, 3, {}, "Compilers", "Oslo", "market rate", "", "", "The one I want.",
       {{"Ishaan Devrukhkar", Part::referrer}, {"Hanae Mizushiro", Part::recruiter}, {"Ottilie Brackwater", Part::hiring_manager}},
       {{-34, 9, 60, "quiz, mathematics", {}, Held::passed, "their page", "probability, graphs", "Better than feared.", true},
        {-27, 9, 60, "quiz, computer science", {}, Held::passed, "their page", "", "", true},
        {-4, 13, 60, "coding", {"Ottilie Brackwater"}, Held::passed, "video", "practise aloud", "A scheduler in an hour; she gave a hint about the queue.", true},
        {-1, 14, 45, "team lead", {"Tomasz Wierzbicki-Hald", "Ottilie Brackwater"}, Held::done, "video", "read their last paper", "They asked what I would not build."},
        {3, 14, 60, "senior team lead", {"Tomasz Wierzbicki-Hald"}, Held::planned, "video", "His talk on staged builds; three stories of disagreement."}},
       "Software Engineer, Tools"},
      {"Runtime Engineer", "Quillmark Systems", From::referral,
       {{-25, Stage::lead}, {-14, Stage::referral, "Zoë first"}},
       Ended::open, {}, 3, 9, "Runtime", "Bergen or remote", "", "70–85k", "", "", {{"Zoë Ålgård", Part::referrer}, {"Adaeze Nwokolo", Part::hiring_manager}}},
      {"Compiler Engineer", "Cobaltwren", From::cold,
       {{-34, Stage::lead}, {-29, Stage::applied, "by their form; no answer but a receipt"}},
       Ended::open, {}, 1, {}, "", "Berlin", "", "", "", "", {{"Cillian Marrowby", Part::recruiter}}},
      {"Platform Engineer", "Emberfold Robotics", From::referral,
       {{-16, Stage::lead}, {-12, Stage::referral}, {-8, Stage::applied}, {-4, Stage::screen, "Petra writes"}},
       Ended::open, {}, 2, {}, "Platform", "Stockholm", "", "", "", "", {{"Linnea Hjortsberg", Part::referrer}, {"Petra Vondráková", Part::recruiter}},
       {{1, 9, 30, "recruiter call", {"Petra Vondráková"}, Held::planned, "phone", "My range, my dates, three questions."}}},
      {"Lead Engineer", "Brightloom Labs", From::inbound,
       {{-58, Stage::lead, "Bence asked"}, {-48, Stage::applied}, {-40, Stage::interview}, {-3, Stage::offer, "by phone; the paper follows"}},
       Ended::open, {}, 2, 4, "", "Oslo", "82k", "", "78k and shares", "", {{"Bence Szentkuti", Part::hiring_manager}, {"Ines Calderwood", Part::insider}},
       {{-34, 11, 90, "whole team", {"Bence Szentkuti", "Ines Calderwood", "Farid Qaderi"}, Held::passed, "their office", "", "Warm, a little chaotic.", true}}},
      {"Build Engineer", "Kelpforge", From::referral,
       {{-92, Stage::lead}, {-86, Stage::referral}, {-78, Stage::applied}, {-64, Stage::screen}, {-52, Stage::interview}},
       Ended::rejected, -41, 1, {}, "", "remote", "", "", "", "Went with somebody inside.", {{"Jun Hatakeda", Part::referrer}, {"Oda Lysgaard", Part::hiring_manager}},
       {{-47, 15, 60, "coding", {"Jun Hatakeda"}, Held::failed, "video", "", "Ran out of time on the cache.", true}}},
      {"Data Platform Engineer", "Tidewell Analytics", From::cold,
       {{-96, Stage::lead}, {-89, Stage::applied}, {-80, Stage::screen}},
       Ended::withdrawn, -70, 0, {}, "", "Leeds", "", "", "", "Too far from compilers."},
      {"Quantitative Developer", "Northquay Bank", From::recruiter,
       {{-120, Stage::lead}, {-112, Stage::applied, "through Vellum & Oak"}},
       Ended::ghosted, -80, 0, {}, "", "London", "", "", "", "", {{"Beatrix Longstaff", Part::agency}}},
      {"Compiler Engineer, founding team", "Skerry Compute", From::event,
       {{-6, Stage::lead, "Una, over coffee at SkerryConf"}},
       Ended::open, {}, 2, {}, "", "Aberdeen or remote", "", "", "", "They hire in two months.", {{"Una Corrigall", Part::insider}, {"Noor Jahangiri", Part::insider}}},
  };
  return table;
}

const std::vector<Referral>& referrals() {
  static const std::vector<Referral> table{
      {"Ishaan Devrukhkar", "Lanternfield Research", "Research Engineer, Compilers", "Research Engineer, Compilers",
       {{-84, State::idea}, {-83, State::asked, "he offered it himself"}, {-82, State::agreed}, {-70, State::submitted}, {-68, State::confirmed}},
       "video call", "form", "", -66},
      {"Zoë Ålgård", "Quillmark Systems", "Runtime Engineer", "Runtime Engineer",
       {{-24, State::idea}, {-15, State::asked}, {-10, State::agreed, "wants the number of the opening"}}, "signal", "link", "", {}, {}, 20},
      {"Renske Oudekerk", "Cobaltwren", "Staff Compiler Engineer", "", {{-40, State::idea}, {-20, State::to_approach}, {-9, State::asked}}, "linkedin"},
      {"Linnea Hjortsberg", "Emberfold Robotics", "Platform Engineer", "Platform Engineer", {{-13, State::asked}, {-12, State::agreed}, {-8, State::submitted}}, "signal", "form"},
      {"Jun Hatakeda", "Kelpforge", "Build Engineer", "Build Engineer",
       {{-88, State::asked}, {-87, State::agreed}, {-79, State::submitted}, {-74, State::confirmed}}, "signal", "mail", "", -78},
      {"Una Corrigall", "Skerry Compute", "Compiler Engineer, founding team", "Compiler Engineer, founding team", {{-6, State::idea}}, "", "", "Sunniva Eikeland"},
      {"Dov Halpryn", "Cobaltwren", "Compiler Engineer", "", {{-45, State::asked}, {-36, State::declined, "only refers people he has worked with"}}, "linkedin"},
  };
  return table;
}

const std::vector<Task>& tasks() {
  static const std::vector<Task> table{
      {"write to the runtime group's mailing list", -2, -9, "", "Quillmark Systems"},
      {"compare the offer with my range", 0, -3, "", "", "", "Lead Engineer"},
      {"send Zoë the number of the opening", 0, -10, "Zoë Ålgård", "", "", "Runtime Engineer"},
      {"read Tomasz' talk on staged builds", 2, -5, "", "", "", "Research Engineer, Compilers"},
      {"book the train for the meetup", 8, -1, "", "", "Parsers & Friends"},
      {"weekly look over the whole search", 4, -60, "", "", "", "", 7},
      {"shorten the second page of the CV", {}, -30},
      {"ask Ishaan what the quizzes are like", -39, -42, "Ishaan Devrukhkar", "", "", "", {}, -38},
  };
  return table;
}

const std::vector<Document>& documents() {
  static const std::vector<Document> table{
      {-66, "cv", "CV, compilers, version 3", "https://signe.example/cv/compilers-3.pdf", "Research Engineer, Compilers"},
      {-48, "cover letter", "Letter to Brightloom", "https://signe.example/letters/brightloom.pdf", "Lead Engineer"},
      {-29, "cv", "CV, compilers, version 4", "https://signe.example/cv/compilers-4.pdf", "Compiler Engineer"},
      {-3, "offer", "Offer in outline", "https://signe.example/offers/brightloom.pdf", "Lead Engineer"},
  };
  return table;
}

const std::vector<Suggestion>& suggestions() {
  static const std::vector<Suggestion> table{
      {SuggestionKind::rejected, "Cobaltwren", "Compiler Engineer", "\"Your application at Cobaltwren\" of jobs@cobaltwren.example", -1},
  };
  return table;
}

const std::vector<View>& views() {
  static const std::vector<View> table{
      {ViewPage::contacts, "Inner circle", "q=tag%3A%22inner+circle%22&sort=last"},
      {ViewPage::contacts, "Recruiters", "q=tag%3Arecruiters"},
  };
  return table;
}

}  // namespace ties::sample
