/** Sentences about pictures, English and Japanese, in the manner of sentences.ts. */
export const pictureSentences: readonly (readonly [RegExp, string])[] = [
  // What was recognised.
  ...recognised([
    ['a folder per class', 'クラスごとのフォルダ'],
    ['a table of paths and labels', 'パスとラベルの表'],
    ['idx \\(as MNIST\\)', 'idx 形式（MNIST など）'],
    ['CIFAR binary', 'CIFAR バイナリ'],
    ['bytes with a JSON header', 'JSON ヘッダ付きバイト列'],
  ]),

  // Folders and lists.
  [
    /^folder "(.*)" is the test side, since there is none called test$/s,
    'test がないため、フォルダ「{1}」を評価側とします',
  ],
  [
    /^folder "(.*)" goes with training: the part for early stopping is drawn from both$/s,
    'フォルダ「{1}」は学習側に加えます。早期終了に使う部分は両方から選びます',
  ],
  [
    /^([\d,]+) class folders? without a picture: (.+); no such class there$/s,
    '画像のないクラスフォルダが {1} 個（{2}）：そのクラスはないものとします',
  ],
  [
    /^([\d,]+) pictures? outside any class folder left out: (.+)$/s,
    'クラスフォルダの外にある画像 {1} 枚を除きました（{2}）',
  ],
  [
    /^([\d,]+) pictures? in folders within class folders: class of the outer one$/,
    'クラスフォルダの下位フォルダにある画像が {1} 枚：外側のフォルダのクラスとします',
  ],
  [
    /^([\d,]+) pictures? of a kind that is not read left out: (.+); save as PNG, JPEG, WebP, TIFF or GIF$/s,
    '読み込めない形式の画像 {1} 枚を除きました（{2}）。PNG、JPEG、WebP、TIFF、GIF のいずれかで保存してください',
  ],
  [
    /^([\d,]+) files? that (?:is no picture|are no pictures) left out: (.+)$/s,
    '画像でないファイル {1} 個を除きました（{2}）',
  ],
  [/^([\d,]+) files? in the folder not used: (.+)$/s, 'フォルダ内のファイル {1} 個は使いません（{2}）'],
  [
    /^([\d,]+) pictures? of ([\d,]+) cannot be read and (?:is|are) left out: (.+)$/s,
    '{2} 枚中 {1} 枚の画像を読み込めないため除きました（{3}）',
  ],
  [/^(.+): the pictures' paths are taken from column "(.*)"$/s, '{1}：画像のパスは列「{2}」から取ります'],
  [
    /^([\d,]+) pictures? named by several rows \(([\d,]+) of them with different labels?\): (.+); kept, but one row each should name a picture$/s,
    '複数の行で指定された画像が {1} 枚、うちラベルの異なるもの {2} 枚（{3}）：残しますが、1 枚の画像は 1 行で指定してください',
  ],
  [/^(.+): the classes are column "(.*)"$/s, '{1}：クラスは列「{2}」です'],
  [
    /^(.+): no names of classes beside it; their numbers are the names$/s,
    '{1}：クラス名のファイルがないため、番号をクラス名とします',
  ],
  [/^([\d,]+) pictures? of ([\d,]+) without a label$/, '{2} 枚中 {1} 枚の画像にラベルがありません'],
  [
    /^by the names of the files all pictures are of the (training|test) side, so no division came with the data and all of them are divided anew$/,
    'ファイル名によれば全画像が{1}側のため、付属の分割はないものとし、全画像を新たに分割します',
  ],

  // Groups.
  [
    /^([\d,]+) groups? of pictures; the largest \("(.*)"\) has ([\d,]+) pictures?$/s,
    '画像のグループは {1} 個。最大のグループ（「{2}」）は {3} 枚です',
  ],
  [
    /^every picture is a group of its own, so nothing is held together$/,
    'どの画像も単独でグループになっており、まとめられる画像がありません',
  ],
  [
    /^([\d,]+) groups? of ([\d,]+) stands? on both sides of the division that came with the data \(first "(.*)"\): the result is too rosy$/s,
    '{2} グループ中 {1} グループが付属の分割の両側に入っています（最初は「{3}」）：結果は実際より良く見えます',
  ],

  // What was done to the pictures.
  [/^([\d,]+) pictures? \(all\) (.+); first (.+)$/s, '全 {1} 枚：{2}（最初は {3}）'],
  [/^([\d,]+) pictures? \(of ([\d,]+)\) (.+); first (.+)$/s, '{2} 枚中 {1} 枚：{3}（最初は {4}）'],
  [
    /^of another size \(height (.+), width (.+)\) stretched to (\d+ x \d+), the most common size; the ratio of the sides is not kept$/,
    '大きさが異なる（高さ {1}、幅 {2}）ため、最も多い大きさ（{3}）に伸縮。縦横比は保たない',
  ],
  [
    /^of another size \(height (.+), width (.+)\) stretched to (\d+ x \d+); the ratio of the sides is not kept$/,
    '大きさが異なる（高さ {1}、幅 {2}）ため、{3} に伸縮。縦横比は保たない',
  ],
  [/^stored in grey: three equal channels$/, 'グレースケールのため、同じ値の 3 チャンネルにする'],
  [
    /^stored in colour made grey \(0\.299 red \+ 0\.587 green \+ 0\.114 blue\)$/,
    'カラーをグレースケールに変換（0.299 赤 + 0.587 緑 + 0.114 青）',
  ],
  [
    /^stored in colour, but no pixel of any picture has colour: one channel$/,
    'カラー形式だが、色のある画素がないため 1 チャンネルにする',
  ],
  [/^with an alpha channel laid on black$/, '透明部分を黒地に重ねる'],
  [
    /^of 16 bits cut to the upper 8 \(the brightest pixel became (\d+) of 255\)$/,
    '16 ビットのうち上位 8 ビットを使用（最も明るい画素の値は 0〜255 のうち {1}）',
  ],
  [/^turned upright by the EXIF orientation$/, 'EXIF の向きに従って回転'],
  [/^with several frames or pages: the first one is taken$/, '複数のフレームまたはページのうち、最初のものを使用'],
  [/^(\d+) to (\d+)$/, '{1}〜{2}'],
  [/^(.+): ([\d,]+) pictures? of (\d+ x \d+) stretched to (\d+ x \d+)$/s, '{1}：{3} の画像 {2} 枚を {4} に伸縮'],
  [
    /^(.+): ([\d,]+) pictures? of (\d+ x \d+) stretched to (\d+ x \d+) by the nearest pixel, since the few values look like codes$/s,
    '{1}：{3} の画像 {2} 枚を {4} に伸縮（値の種類が少なく符号とみられるため、最も近い画素の値を使用）',
  ],
  [
    /^(.+): ([\d,]+) pictures? in grey: three equal channels$/s,
    '{1}：グレースケールの画像 {2} 枚を、同じ値の 3 チャンネルにします',
  ],
  [
    /^(.+): ([\d,]+) pictures? in colour made grey \(0\.299 R \+ 0\.587 G \+ 0\.114 B\)$/s,
    '{1}：カラー画像 {2} 枚をグレースケールに変換（0.299 R + 0.587 G + 0.114 B）',
  ],
  [
    /^(.+): ([\d,]+) pictures? of ([\d,]+) of another size brought to (\d+ x \d+), the most common size, by the nearest pixel$/s,
    '{1}：大きさの異なる画像 {2} 枚（{3} 枚中）を、最も多い大きさ（{4}）に伸縮（最も近い画素の値を使用）',
  ],
  [
    /^(.+): ([\d,]+) pictures? of ([\d,]+) of another size brought to (\d+ x \d+), by the nearest pixel$/s,
    '{1}：大きさの異なる画像 {2} 枚（{3} 枚中）を {4} に伸縮（最も近い画素の値を使用）',
  ],

  // Pictures that show the same.
  [
    /^([\d,]+) pictures? \(([^)]+)\) equals? an earlier one in every pixel \(first (.+) and (.+)\)$/s,
    '{1} 枚（{2}）は全画素がそれ以前の画像と同じです（最初は {3} と {4}）',
  ],
  [
    /^([\d,]+) pairs? of near twins among ([\d,]+) pictures? \((.+?); first (.+) and (.+)\)$/s,
    'ほぼ同じ画像が {1} 組、計 {2} 枚（{3}。最初は {4} と {5}）',
  ],
  [
    /^([\d,]+) pairs? of near twins or more \(the search ended early\) among ([\d,]+) pictures? \((.+?); first (.+) and (.+)\)$/s,
    'ほぼ同じ画像が {1} 組以上（探索は途中で打ち切り）、計 {2} 枚（{3}。最初は {4} と {5}）',
  ],
  [/^none across training and test$/, '学習と評価にまたがるものはありません'],
  [
    /^([\d,]+) of ([\d,]+) test pictures? (?:has its|have their) twin in training: on (?:it|them) the result is too rosy$/,
    '評価画像 {2} 枚中 {1} 枚は、同じ画像かほぼ同じ画像が学習側にあります：それらの結果は実際より良く見えます',
  ],
  [/^--group holds all of them together$/, '--group により、いずれも分割をまたぎません'],
  [
    /^([\d,]+) of these ([\d,]+) lie in different groups and may come to stand on both sides of a split: a result too rosy$/,
    'このうち {2} 組中 {1} 組はグループが異なり、分割の両側に入ることがあります：結果は実際より良く見えます',
  ],
  [
    /^they may come to stand on both sides of a split: a result too rosy$/,
    '分割の両側に入ることがあります：結果は実際より良く見えます',
  ],
  [/^([\d,]+) (?:sets?|pairs?) with different labels$/, 'ラベルの異なる組が {1} 組あります'],
  [
    /^the few values look like codes, so pictures that are merely alike were not looked for$/,
    '値の種類が少なく符号とみられるため、ほぼ同じ画像は探していません',
  ],
  [
    /^told by brightness at (\d+ x \d+) pixels: contrast evened and the mean picture taken off, it correlates by (.+) or more$/,
    '{1} 画素の明るさで判定（コントラストをそろえ、平均画像を引いた相関が {2} 以上）',
  ],
  [
    /^([\d,]+) pictures? of \(almost\) one value all over, first (.+): nothing to learn from, and not counted as copies of each other$/s,
    '全面がほぼ同じ値の画像が {1} 枚（最初は {2}）：学習の手掛かりがなく、互いの重複とは数えません',
  ],

  // How to decide otherwise.
  [
    /^take one of each out, or divide anew with --pool and a --group that holds them together$/,
    '各組の 1 枚を除くか、--pool と、組をまとめる --group で分割し直す',
  ],
  [/^take one of each out$/, '各組の 1 枚を除く'],
  [
    /^take one of each out, or name what they share with --group$/,
    '各組の 1 枚を除くか、共通の項目を --group で指定する',
  ],
  [
    /^take one of each out, or name what they share with another --group$/,
    '各組の 1 枚を除くか、共通の項目を別の --group で指定する',
  ],
  [/^look at them; take them out if empty$/, '画像を確認し、空なら除く'],
  [
    /^put batches\.meta\.txt \(one name a line\) beside it$/,
    'batches.meta.txt（1 行に 1 つのクラス名）を同じフォルダに置く',
  ],
  [/^--channels 1 makes all of them grey$/, '--channels 1 で全画像をグレースケールにする'],
  [/^stretch the values to 0\.\.65535 and save the pictures again$/, '値を 0〜65535 に広げて画像を保存し直す'],
  [/^another --group, or none$/, '--group を変えるか、指定しない'],
  [/^--pool divides anew, whole groups together$/, '--pool でグループ単位に分割し直す'],
];

type Pairs = readonly (readonly [english: string, japanese: string])[];

/** What the pictures are, with their count, classes, size and colour. */
function recognised(names: Pairs): (readonly [RegExp, string])[] {
  const colours: Pairs = [
    ['grey', 'グレースケール'],
    ['colour', 'カラー'],
  ];
  return names.flatMap(([en, ja]) =>
    colours.map(([colour, inJapanese]): readonly [RegExp, string] => [
      new RegExp(`^${en}: ([\\d,]+) pictures? in (\\d+) classes, (\\d+ x \\d+), ${colour}$`),
      `${ja}：画像 {1} 枚、{2} クラス、{3}、${inJapanese}`,
    ]),
  );
}
