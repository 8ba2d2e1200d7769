import { pictureSentences } from './picture-sentences.ts';
import { seriesSentences } from './series-sentences.ts';

/**
 * Sentences that the pilot writes into a result, which are English, and their Japanese. A group in brackets is taken
 * over as `{1}`, `{2}`, ..., itself translated where it has an entry here.
 */
export const sentences: readonly (readonly [RegExp, string])[] = [
  [
    /^for new items and new seeds, with training sets like this one\.?$/i,
    '新しい項目と新しい乱数シードについて、今回と同様の学習データで学習した場合を指します。',
  ],
  [
    /^for new groups and new seeds, with this training set\.?$/i,
    '新しいグループと新しい乱数シードについて、この学習データで学習した場合を指します。',
  ],
  [
    /^for new items and new seeds, with this training set\.?$/i,
    '新しい項目と新しい乱数シードについて、この学習データで学習した場合を指します。',
  ],

  // Why a number or an interval is missing, or what it leaves out.
  [/^no item$/, '該当する項目なし'],
  [/^no item of another class$/, '他のクラスの項目なし'],
  [/^never predicted$/, '一度も予測されていない'],
  [/^no evaluated items(?: of this class)?$/, '評価した項目なし'],
  [/^mean over (\d+) of (\d+) classes$/, '{2} クラス中 {1} クラスの平均'],
  [/^(\d+) without evaluated items (?:is|are) left out$/, '評価した項目のない {1} クラスは対象外'],
  [/^all items are of one class$/, '全項目が同じクラス'],
  [/^only one class was predicted$/, '予測されたクラスが 1 つだけ'],
  [/^not measurable: needs (\d+) more items(?: of this class)?$/, '測定不可：あと {1} 件必要'],
  [/^not measurable: needs (\d+) more groups(?: of this class)?$/, '測定不可：あと {1} グループ必要'],
  [/^not measured$/, '未測定'],
  [/^seed noise not measured \(one repeat\)$/, 'シードによるばらつきは未測定（繰り返しが 1 回のため）'],
  [/^seed noise is not in this interval$/, 'この区間にはシードによるばらつきが含まれていない'],
  [
    /^how seed noise enters the interval of macro F1 was not measured$/,
    'マクロ F1 の区間へのシードのばらつきの影響は検証されていない',
  ],
  [
    /^how groups and seed noise enter the interval of macro F1 was not measured$/,
    'マクロ F1 の区間へのグループとシードのばらつきの影響は検証されていない',
  ],
  [/^(\d+) classes without items are left out$/, '項目のない {1} クラスは対象外'],
  [/^average precision of (\d+) items is biased upwards$/, '{1} 件の平均適合率は高めに偏る'],
  [/^in some trials: (.+)$/s, '一部の試行で：{1}'],
  [/^left out: (\d+) class(?:es)? with no item$/, '項目のない {1} クラスは対象外'],
  [/^fewer than 2 classes with items$/, '項目のあるクラスが 2 つ未満'],
  [/^no NC1 of (\d+) class(?:es)? with 1 item$/, '項目が 1 件だけの {1} クラスは NC1 なし'],
  [/^the class means coincide: no NC1, NC2, NC3$/, 'クラス平均が一致するため NC1・NC2・NC3 なし'],
  [/^the class means span (\d+) of (\d+) dimensions$/, 'クラス平均の張る次元は {2} のうち {1}'],
  [/^a class mean lies on the centre: it has no angle$/, '中心と一致するクラス平均があり、角度なし'],
  [/^a classifier vector lies on the centre: it has no angle$/, '中心と一致する分類器ベクトルがあり、角度なし'],
  [/^the classifier vectors coincide: no NC3$/, '分類器ベクトルが一致するため NC3 なし'],
  [
    /^no NC4 of (\d+) items? answered with a class without items$/,
    '項目のないクラスと判定された {1} 件は NC4 の対象外',
  ],
  [/^classes without training items left out: (\d+)$/, '学習項目のない {1} クラスは対象外'],
  [/^classes whose vector lies on the centre left out: (\d+)$/, 'ベクトルが中心と一致する {1} クラスは対象外'],
  [/^an angle needs 2 classes$/, '角度には 2 クラスが必要'],

  // Next steps.
  [/^no number of items or repeats within reach would settle it$/, '現実的な件数や繰り返し回数では決着しません。'],

  // Findings of the audit.
  [/^(.+): it names the row and can't hold for new ones$/, '{1}。行を識別する値であり、新しい行には通用しません'],
  [/^it rises or falls with every row, a running number or a clock$/, '行ごとに増加または減少する通し番号か時計の値'],
  [/^all ([\d,]+) values differ$/, '{1} 個の値がすべて異なる'],
  [/^([\d,]+) of ([\d,]+) values differ$/, '{2} 個の値のうち {1} 個が異なる'],
  [/^(.+ differ) and fill their range, a running number$/, '{1}うえ、値域を埋めているため通し番号とみられる'],
  [/^(.+ differ) and its name says so$/, '{1}うえ、列名も識別子を示している'],
  [
    /^of the ([\d,]+) rows? (where it .+), ([\d,]+) are of (.+) \((.+) of all rows are\): it nearly tells the label, so it was likely written down with it$/,
    '{2}行は {1} 行、うち {3} 行が{4}（全行では {5}）。ラベルをほぼ決めるため、ラベルと同時に記録された可能性が高い列です',
  ],
  [/^where it is "(.*)"$/s, '値が「{1}」の'],
  [/^where it is not "(.*)"$/s, '値が「{1}」以外の'],
  [/^where it is missing$/, '値が欠損の'],
  [/^where it is filled in$/, '値がある'],
  [/^any class but "(.*)"$/s, '「{1}」以外のクラス'],
  [/^class "(.*)"$/s, 'クラス「{1}」'],
  [
    /^its value tells the class of (.+) of the rows \(always guessing "(.*)" is right in (.+)\): it nearly tells the label$/s,
    'この列の値だけで {1} の行のクラスが分かります（常に「{2}」と答えた場合は {3}）。ラベルをほぼ決める列です',
  ],
  [
    /^its value "(.*)" stands for (.+) nearly alone and covers (.+) of it: it nearly tells the label$/s,
    '値「{1}」はほぼ{2}だけに現れ、その {3} を占めます。ラベルをほぼ決める列です',
  ],
  [
    /^(\d+) of its values stand for (.+) nearly alone and cover (.+) of it: it nearly tells the label$/s,
    '{1} 個の値がほぼ{2}だけに現れ、その {3} を占めます。ラベルをほぼ決める列です',
  ],
  [
    /^([\d,]+) of the ([\d,]+) rows? where it is at (most|least) (.+) are of (.+), which has ([\d,]+) rows?: one threshold nearly tells the label$/s,
    '値が {4} {3}の {2} 行のうち {1} 行が{5}（全 {6} 行）。1 つのしきい値でラベルがほぼ決まる列です',
  ],
  [/^most$/, '以下'],
  [/^least$/, '以上'],
  [/^kept, since it may be a fair sign of that class$/, 'そのクラスの正当な兆候の可能性があるため残しました'],
  [/^kept as asked$/, '指定により残しました'],
  [
    /^(.+it) \((.+) and (.+) together tell whether a row is "(.*)" in (.+) of the rows\)$/s,
    '{1}（{2}、{3} を合わせると {5} の行で「{4}」かどうかが分かります）',
  ],
  [
    /^stands in one block of 0\/1 columns with (.+) and (.+), which (?:tell or )?are the label, and is 1 in (.+) of the rows: likely another mark of the same event, though its own values tell the label little$/s,
    'ラベルそのもの、またはラベルを決める 0/1 列（{1}、{2}）と並んでおり、{3} の行で 1。単独ではラベルをほとんど示しませんが、同じ事象の別の記録とみられます',
  ],
  [
    /^stands in one block of 0\/1 columns with (.+), which (?:tell or )?are the label, and is 1 in (.+) of the rows: likely another mark of the same event, though its own values tell the label little$/s,
    'ラベルそのもの、またはラベルを決める 0/1 列（{1}）と並んでおり、{2} の行で 1。単独ではラベルをほとんど示しませんが、同じ事象の別の記録とみられます',
  ],
  [/^has no value in any labelled row$/, 'ラベルのある行に値が 1 つもありません'],
  [/^holds the same value "(.*)" in every labelled row$/s, 'ラベルのあるすべての行で値が「{1}」です'],
  [/^([\d,]+) values? missing \((.+)\)$/, '欠損 {1} 個（{2}）'],
  [
    /^the median of the training rows stands in, and an input of its own says so$/,
    '学習行の中央値で補い、欠損を示す入力を加えます',
  ],
  [/^zeros stand in, and an input of its own says so$/, '0 で補い、欠損を示す入力を加えます'],
  [
    /^only the time of day and the day of the week \(UTC\) are inputs, never the date itself$/,
    '入力は時刻と曜日（UTC）だけで、日付そのものは使いません',
  ],
  [/^has ([\d,]+) levels$/, '水準が {1} 個あります'],
  [
    /^the (\d+) most frequent in training are inputs, all others give zeros$/,
    '学習データで頻度の高い {1} 個を入力とし、他は 0 とします',
  ],
  [/^([\d,]+) cells? (?:is|are) not \("(.*)"\)$/s, '数値でないセルが {1} 個（「{2}」など）'],
  [/^a comma stands in them \("(.*)"\)$/s, 'コンマを含む値がある（「{1}」など）'],
  [/^write decimals with a point$/, '小数点にはピリオドを使用'],
  [/^the file says that they are text$/, 'ファイル上の型が文字列'],
  // Places in files.
  [/^(.+), line (\d+)$/s, '{1} の {2} 行目'],
  [/^(.+), item (\d+)$/s, '{1} の {2} 件目'],
  [/^looks like numbers but is taken as categories: (.+)$/s, '数値のようですがカテゴリとして扱います（{1}）'],
  [
    /^([\d,]+) rows? \((.+)\) equals? an earlier one in every input \(data rows (.+) and (.+) first\)$/,
    '{1} 行（{2}）は全入力がそれ以前の行と同じです（最初はデータ行 {3} と {4}）',
  ],
  [/^([\d,]+) sets? of equal rows ha(?:s|ve) different labels$/, '同じ入力でラベルが異なる組が {1} 組あります'],
  [/^kept, and may stand on both sides of a split$/, '残してあるため、学習と評価の両方に入ることがあります'],
  [
    /^([\d,]+) rows? ha(?:s|ve) more than one of the label columns at 1 \((.+)\)$/s,
    '{1} 行で複数のラベル列が 1 です（{2}）',
  ],
  [/^the first in the order given counts$/, '指定した順で最初の列を採用します'],
  [
    /^"(.*)" is the class of no row, so there is no such class$/s,
    '「{1}」に該当する行がないため、このクラスはありません',
  ],
  [/^([\d,]+) rows? of ([\d,]+) ha(?:s|ve) no label$/, '{2} 行のうち {1} 行にラベルがありません'],
  [/^left out of training and evaluation$/, '学習と評価から除きます'],
  [
    /^class "(.*)" has ([\d,]+) (?:rows?|windows?|pictures?): kept, but too few to measure \(at least (\d+) are needed; collect (\d+) more or merge it with another class\)$/s,
    'クラス「{1}」は {2} 件：残しますが、少なすぎて測定できません（{3} 件以上必要。あと {4} 件集めるか、他のクラスと統合してください）',
  ],
  [
    /^class "(.*)" \(([\d,]+) (?:rows?|windows?|pictures?)\) is absent from (.+)$/s,
    'クラス「{1}」（{2} 件）を含まない部分があります：{3}',
  ],
  [
    /^class "(.*)" has ([\d,]+) (?:items?|pictures?) in test and none in training: no model can learn it, its recall will be 0$/s,
    'クラス「{1}」は評価側に {2} 件ありますが、学習側にはありません：どのモデルも学習できず、再現率は 0 になります',
  ],
  [
    /^class "(.*)" has ([\d,]+) (?:items?|pictures?) in training and none in test: learnt, never measured$/s,
    'クラス「{1}」は学習側に {2} 件ありますが、評価側にはありません：学習されますが、測定されません',
  ],
  [
    /^the names of the files tell the side of ([\d,]+) of ([\d,]+) (?:items?|pictures?) only, so there is no fixed division$/,
    'ファイル名で学習か評価かが分かるのは {2} 件中 {1} 件だけのため、付属の分割はないものとします',
  ],
  [
    /^as asked, (?:training )?items were thinned to a long tail of (.+): (\d+) of (\d+) stay, (.+) a class$/,
    '指定により学習データを間引き、最多クラスが最少クラスの {1} 倍になるようにしました：{3} 件中 {2} 件を使用、クラス別に {4} 件',
  ],
  [
    /^the (training|validation|test) part of (\d+) of ([\d,]+) folds? \(repeat (\d+), fold (\d+) first\)$/,
    '{3} 分割中 {2} 分割の{1}部分（最初は繰り返し {4}、分割 {5}）',
  ],
  [/^training$/, '学習'],
  [/^validation$/, '検証'],
  [/^test$/, '評価'],

  [
    /^([\d,]+) classes \((.+)\) have fewer than (\d+) (?:rows|windows|pictures) each: kept, but too few to measure one by one$/s,
    '{1} クラス（{2}）は各 {3} 件未満：残しますが、1 クラスずつでは少なすぎて測定できません',
  ],
  [/^together they count in recall-few$/, '少数クラスの再現率としてまとめて評価します'],
  [
    /^([\d,]+) classes \((.+)\) are absent from some training, validation or test part, ([\d,]+) of them from a training part$/s,
    '{1} クラス（{2}）は、学習・検証・評価のいずれかの部分に含まれません（うち学習部分にないもの {3} クラス）',
  ],

  // How to decide otherwise.
  [/^give the columns of --label in another order \(now (.+)\)$/s, '--label の列の順を変える（現在 {1}）'],
  [
    /^take the copies out of the file, or name what they share with --group COLUMN$/,
    '重複行をファイルから除くか、共通の列を --group COLUMN で指定する',
  ],
  [/^train and test in the name of each file$/, '各ファイルの名前に train か test を入れる'],
  [/^leave --imbalance out$/, '--imbalance を指定しない'],
  [/^use fewer --folds, or collect more of it$/, '--folds を減らすか、件数を増やす'],
  [/^mend the file, or (.+)$/s, 'ファイルを直すか、{1}'],
  [/^(--ignore .+), or (--time .+) for folds forward in time$/s, '{1}、または時間順の分割にする {2}'],

  // Treatment of columns.
  [/^the label$/, 'ラベル'],
  [/^label: class "(.*)" where it is 1$/s, 'ラベル：1 の行はクラス「{1}」'],
  [/^rows with the same value stay on one side of a split$/, '同じ値の行は学習と評価に分けない'],
  [/^orders the rows$/, '行の順序を決める'],
  [/^training never sees what came later$/, '学習では後の行を使わない'],
  [/^left out as asked$/, '指定により使わない'],
  [/^left out: all-missing, no value at all$/, '除外：値が 1 つもない'],
  [/^left out: constant, one value only$/, '除外：値が 1 種類だけ'],
  [/^left out: identifier, it names the row$/, '除外：行を識別する値'],
  [
    /^left out: label-leak, it tells the label or was written down with it$/,
    '除外：ラベルを示す、またはラベルと同時に記録された列',
  ],
  [/^sine and cosine of the time of day and of the day of the week \(UTC\)$/, '時刻と曜日（UTC）のサインとコサイン'],
  [/^one input a level \((\d+)\)$/, '水準ごとに 1 入力（{1} 水準）'],
  [
    /^one input for each of the (\d+) most frequent levels of ([\d,]+)$/,
    '{2} 水準のうち頻度の高い {1} 水準ごとに 1 入力',
  ],
  [/^(?:false 0, true 1, )?standardised$/, '標準化'],
  [/^missing takes the median$/, '欠損は中央値で補う'],
  [/^one more input says "was missing"$/, '欠損を示す入力を追加'],
  ...seriesSentences,
  ...pictureSentences,
];
