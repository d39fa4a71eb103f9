"""The words of the command line in both languages, by key; `{name}` marks a value to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from reportgen.diagnostics import Bilingual

WORDS: Final[Mapping[str, Bilingual]] = MappingProxyType(
    {
        "about": Bilingual(
            "把一份结构化的年度报告（YAML）核对无误，生成Word、PDF和网页。",
            "Check one structured annual report (YAML) and make its Word file, PDF and web page.",
        ),
        "exit codes": Bilingual(
            "退出代码：0 完成；1 报告有错误；2 用法不对；3 报告种类或模板有问题；4 缺少字体、组件；\n"
            "5 文件不能读写；6 已生成但核验未通过，没有交付；\n"
            "7 签名或印章的问题；8 记录不成立；70 程序自身的错误；130 被中断。",
            "exit codes: 0 done; 1 the report has errors; 2 wrong usage; 3 a kind or template is broken;\n"
            "4 something is missing; 5 a file cannot be read or written; 6 made, but verification failed;\n"
            "7 signature or seal; 8 a record does not hold; 70 a bug of ours; 130 interrupted.",
        ),
        "commands": Bilingual("命令", "commands"),
        "validate": Bilingual("核对报告，列出全部问题", "check reports and list every finding"),
        "new": Bilingual(
            "新建报告：空白的，或者由去年的报告而来", "start a draft, empty or from last year's report"
        ),
        "--from": Bilingual("去年的报告文件", "last year's report"),
        "--year": Bilingual(
            "空白报告的年度；不写时为去年", "the year of an empty draft (default: last year)"
        ),
        "new -o": Bilingual("要新建的报告文件", "the report file to make"),
        "drafted": Bilingual("已新建“{name}”", "“{name}” was made"),
        "build": Bilingual("核对并生成Word、PDF和网页", "check a report and make Word, PDF and web page"),
        "verify": Bilingual(
            "核验生成的文件夹、单个PDF、Word文件、网页，或归档信息包",
            "verify a built folder, a single PDF, Word file or page, or an archive package",
        ),
        "watch": Bilingual(
            "每次保存后核对报告、更新网页预览", "check a report and renew its preview whenever it is saved"
        ),
        "form": Bilingual("制作采集表（Excel），供各部门填报", "make the workbook departments fill in"),
        "import": Bilingual("把填好的采集表读入报告", "bring filled-in workbooks into a report"),
        "WORKBOOKS": Bilingual("填好的采集表（.xlsx）", "filled-in workbooks (.xlsx)"),
        "form -o": Bilingual("采集表写成这个文件", "the workbook to write"),
        "import -o": Bilingual("新建或者更新这份报告", "the report to make or to update"),
        "--sum": Bilingual("几份采集表逐格相加", "add several workbooks up, cell by cell"),
        "--trace": Bilingual(
            "把每个数据由哪些单元格得来写成这个文件", "write which cells every figure comes from to this file"
        ),
        "imported": Bilingual(
            "{name}：读入{count}个数据，其中{changed}个与原来不同；请接着用validate核对",
            "{name}: {count} figures read, {changed} of them other than before; validate it next",
        ),
        "issue": Bilingual(
            "定稿：把第1版的全部文件留存在记录里", "issue a final report: freeze revision 1 in its record"
        ),
        "archive": Bilingual(
            "把记录里的一版做成归档信息包", "make the archive package of a revision in the record"
        ),
        "--revision": Bilingual("第几版；不写时为最后一版", "which revision (default: the last)"),
        "archive -o": Bilingual(
            "信息包：一个新文件夹，或者以.zip结尾的文件",
            "the package: a new folder, or a file ending in .zip",
        ),
        "--metadata": Bilingual(
            "著录补充文件（YAML）；不写时用上一次归档的",
            "the file of what only the office knows (default: the last)",
        ),
        "--signed-scan": Bilingual("纸质签署件的扫描件（PDF）", "the scan of the signed paper (PDF)"),
        "archive --form": Bilingual(
            "输出空白的著录补充文件，不做别的", "print an empty file for --metadata and do nothing else"
        ),
        "packed": Bilingual(
            "已归档：第{revision}版的信息包是“{path}”",
            "archived: the package of revision {revision} is “{path}”",
        ),
        "packed already": Bilingual(
            "第{revision}版已于{at}由{by}归档；“{path}”是同一个信息包",
            "revision {revision} was archived at {at} by {by}; “{path}” is that very package",
        ),
        "sign": Bilingual("用电子签名和印章签署PDF", "sign a PDF electronically, with the picture of a seal"),
        "sign OUT": Bilingual(
            "生成的文件夹、一个PDF，或者定稿过的报告文件",
            "a built folder, a PDF, or a report that was issued",
        ),
        "--key": Bilingual(
            "PKCS#12文件，或者PEM、DER格式的私钥", "a PKCS#12 file, or a private key in PEM or DER"
        ),
        "--cert": Bilingual("私钥的证书文件", "the certificate of the private key"),
        "--sm2-key": Bilingual(
            "SM2私钥，签清单，不签PDF（要有 --cert）",
            "an SM2 key: signs the manifest, not the PDF (with --cert)",
        ),
        "sign needs --cert": Bilingual(
            "--sm2-key 要用 --cert 给出证书", "--sm2-key needs its certificate, --cert FILE"
        ),
        "--pkcs11": Bilingual("密码设备的PKCS#11模块", "the PKCS#11 module of a token"),
        "--token": Bilingual(
            "密码设备的标签，只有一个时可以不写", "the label of the token, if there are several"
        ),
        "--password-file": Bilingual("密码在这个文件里", "the file that holds the password"),
        "--password-env": Bilingual(
            "密码在这个环境变量里", "the variable of the environment that holds the password"
        ),
        "--level": Bilingual("签名的级别，默认B-B", "level of the signature (default: B-B)"),
        "sign --record": Bilingual(
            "给信息包签名时，记入这份报告的记录（不写则在信息包旁边找）",
            "the report whose record notes the signature of a package; else those beside it are asked",
        ),
        "--tsa": Bilingual("时间戳服务的地址", "address of a time stamping service"),
        "--crl": Bilingual("吊销列表文件；可以多次", "a revocation list; may be repeated"),
        "--ocsp": Bilingual("证书状态应答文件；可以多次", "an OCSP response; may be repeated"),
        "--fetch": Bilingual(
            "上网向证书里写明的地址取吊销列表", "get revocation lists from the addresses in the certificates"
        ),
        "--seal": Bilingual(
            "印章图片（PNG），盖在署名和日期上", "picture of the seal (PNG), over name and date"
        ),
        "--size": Bilingual("印章的直径，毫米，默认42", "diameter of the seal in mm (default: 42)"),
        "--office": Bilingual("联合行文时，签署的机关", "which office signs, in a joint issue"),
        "--again": Bilingual("都签过了，再加一个签名", "add a signature where all places are signed"),
        "sign -o": Bilingual("签署单个PDF时写成的新文件", "the new file when a single PDF is signed"),
        "sign --prove": Bilingual(
            "签署后先用veraPDF核验，通过才交付", "have veraPDF judge the signed file before it counts"
        ),
        "sign --at": Bilingual(
            "签署的时间，如2024-01-20T16:30+08:00，默认现在",
            "when, such as 2024-01-20T16:30+08:00 (default: now)",
        ),
        "sign needs --key": Bilingual(
            "用 --key 或者 --pkcs11 给出密钥", "give the key with --key or --pkcs11"
        ),
        "sign one key": Bilingual(
            "--key、--pkcs11、--sm2-key 只能给一个", "give only one of --key, --pkcs11 and --sm2-key"
        ),
        "sign level": Bilingual(
            "B-B级没有时间戳，--tsa 要同 --level B-T、B-LT 或者 B-LTA 一起用",
            "level B-B has no time stamp: --tsa goes with --level B-T, B-LT or B-LTA",
        ),
        "sign new file": Bilingual(
            "-o 只用于签署单个PDF；签署文件夹、记录和信息包的，就在原处",
            "-o is for a single PDF; folders, records and packages are signed where they are",
        ),
        "sign apart": Bilingual(
            "--sm2-key 签的是清单，不分级别，也没有时间戳、印章等，不能同只用于PDF的选项一起用",
            "--sm2-key signs a manifest, without level, time stamp or seal: no options for PDFs go with it",
        ),
        "password": Bilingual("“{name}”的密码：", "Password of “{name}”: "),
        "signed": Bilingual(
            "已签署“{name}”：{signer}，{level}级，{at}", "signed “{name}”: {signer}, level {level}, {at}"
        ),
        "seal": Bilingual("检查印章图片", "check the picture of a seal"),
        "seal check": Bilingual(
            "检查印章图片能不能用：透明、红色、够清晰、大小对",
            "see whether a picture can be used: clear ground, red, fine enough, of the right size",
        ),
        "PNG": Bilingual("印章图片（PNG）", "the picture (PNG)"),
        "seal good": Bilingual(
            "{name}：可以使用，{pixels}像素，按{size}毫米打印为每英寸{resolution}点",
            "{name}: can be used; {pixels} dots, {resolution} dpi at {size} mm",
        ),
        "part signatures": Bilingual("核验电子签名", "verifying the signatures"),
        "history": Bilingual(
            "列出各版，查验记录是否成立", "list the revisions and see whether the record holds"
        ),
        "correct": Bilingual(
            "更正：另成一版，附更正说明；或者撤回",
            "the next revision of an issued report, with its notice; or take it back",
        ),
        "--reason": Bilingual(
            "更正或撤回的理由，写进台账和更正说明", "why: a sentence for the ledger and the notice"
        ),
        "--approved": Bilingual(
            "批准人，职务在前，如“分管负责人 李四”；可以多次",
            "who approved it, office first; may be repeated",
        ),
        "--next": Bilingual("下一年度的报告文件", "next year's report"),
        "--withdraw": Bilingual("撤回报告，不另成一版", "take the report back instead"),
        "corrected": Bilingual(
            "已更正：第{revision}版留存在“{folder}”，改动{counts}",
            "corrected: revision {revision} is kept in “{folder}”, changes: {counts}",
        ),
        "withdrawn": Bilingual(
            "已撤回：第{revision}版，撤回说明留存在“{folder}”",
            "withdrawn: revision {revision}; the notice is kept in “{folder}”",
        ),
        "rebuild": Bilingual(
            "由记录重新生成某一版，看是否逐字节相同",
            "make a revision again from its record and compare every byte",
        ),
        "remade equal": Bilingual(
            "第{revision}版的{count}个文件重新生成，逐字节相同",
            "revision {revision}: {count} files made again, the same bytes",
        ),
        "remade alike": Bilingual(
            "第{revision}版由别的版本的程序或字体重新生成：文字相同，逐字节相同的有{same}",
            "revision {revision}, made again by other versions: the same words; the same bytes: {same}",
        ),
        "--witness": Bilingual(
            "发出去的PDF、网页或信息包，用来对照台账；可以多次",
            "a PDF, page or package that left the office, held against the ledger; may be repeated",
        ),
        "unchanged": Bilingual(
            "没有变动：“{folder}”里的就是（要重做，加 --force）",
            "nothing changed: “{folder}” is as it would be made (--force makes it anew)",
        ),
        "unchanged findings": Bilingual(
            "生成时有{count}条发现，用 reportgen validate {report} 查看",
            "there were {count} findings when it was made: reportgen validate {report} shows them",
        ),
        "absorb": Bilingual(
            "把Word修改稿里的改动收回报告", "take the changes a reviewer made in Word into the report"
        ),
        "absorb COPY": Bilingual("改过的Word文件（.docx）", "the Word file as it came back (.docx)"),
        "absorb --check": Bilingual("只列出改动，不写报告", "only list the changes; write nothing"),
        "--literal": Bilingual(
            "这一处的表达式可以换成修改稿上的文字；可以多次",
            "let plain text replace the expressions of this text; may be repeated",
        ),
        "absorbed": Bilingual(
            "改动已写入“{name}”；请接着用validate核对", "the changes are in “{name}”; validate it next"
        ),
        "would absorb": Bilingual("只是查看，没有写入“{name}”", "only looked; “{name}” was not written"),
        "nothing to absorb": Bilingual("“{name}”没有变动", "“{name}” was not changed"),
        "absorbed comment": Bilingual("批注", "comment"),
        "untracked": Bilingual("未用修订", "untracked"),
        "redline": Bilingual(
            "比较两份Word文件，做成带修订的花脸稿（Word或PDF）",
            "mark what differs between two Word files as tracked changes (Word or PDF)",
        ),
        "redline OLD": Bilingual(
            "原来的：.docx、报告（.yaml）、“报告.yaml@1”或信息包",
            "the old one: a .docx, a report (.yaml), REPORT.yaml@1 or a package",
        ),
        "redline NEW": Bilingual("现在的，写法相同", "the new one, named likewise"),
        "redline -o": Bilingual("要写的文件：.docx或.pdf", "the file to write: .docx or .pdf"),
        "redline --by": Bilingual("修订的作者", "the author of the changes"),
        "redline author": Bilingual("改动对照", "comparison"),
        "redline equal": Bilingual(
            "“{old}”和“{new}”一样，没有写文件", "“{old}” and “{new}” are the same; nothing was written"
        ),
        "redlined": Bilingual("已写成“{name}”：{count}处标记", "“{name}” was written: {count} marks"),
        "diff": Bilingual(
            "比较两份报告或者两版，按官方名称列出改动", "what changed between two reports or revisions"
        ),
        "diff OLD": Bilingual(
            "原来的报告文件，或者某一版，如 报告.yaml@1",
            "the old report file, or a revision such as report.yaml@1",
        ),
        "diff NEW": Bilingual(
            "新的报告文件或某一版；省略时，由最近一版与现在的文件比较",
            "the new file or revision (default: the last revision against the file as it is)",
        ),
        "diff --format": Bilingual(
            "输出格式：text、json或html", "how changes are printed: text, json or html"
        ),
        "differences": Bilingual("改动对照", "Changes"),
        "equal": Bilingual("没有改动", "nothing changed"),
        "level figure": Bilingual("数字", "figure"),
        "level structure": Bilingual("结构", "structure"),
        "level wording": Bilingual("文字", "wording"),
        "level typo": Bilingual("错字", "typo"),
        "change added": Bilingual("增加", "added"),
        "change removed": Bilingual("删去", "removed"),
        "change moved": Bilingual("移动", "moved"),
        "change follows": Bilingual("随之变化", "follows"),
        "change place": Bilingual("项目", "place"),
        "change before": Bilingual("原来", "before"),
        "change after": Bilingual("现在", "after"),
        "change level": Bilingual("改动", "change"),
        "schema": Bilingual(
            "输出报告种类的JSON Schema，供编辑器使用", "print the JSON Schema of a kind, for editors"
        ),
        "kinds": Bilingual(
            "列出报告种类；核对、复制一种；重画Word模板", "list, check, copy and draw kinds of report"
        ),
        "kinds check": Bilingual(
            "核对一种报告的模板、样式表和数据，并试做样本",
            "check a kind's templates, sheet and data, and build its sample",
        ),
        "kinds copy": Bilingual(
            "把一种报告种类复制到文件夹，以便修改", "copy a kind to a folder, to be changed there"
        ),
        "kinds template": Bilingual(
            "按种类的数据重画Word模板", "draw the Word template anew from a kind's data"
        ),
        "explain": Bilingual("解释一个发现代码", "explain a finding code"),
        "doctor": Bilingual("检查本机的组件和字体", "check the libraries and fonts of this machine"),
        "REPORT": Bilingual("报告文件（YAML）", "the report file (YAML)"),
        "history REPORT": Bilingual(
            "报告文件（YAML），或者它的记录文件夹", "the report file (YAML), or the folder of its record"
        ),
        "--by": Bilingual(
            "经办人的姓名，写进台账；不写时用本机的用户名",
            "who does it: a name for the ledger (default: the user of this machine)",
        ),
        "--at": Bilingual(
            "办理的时间，如2024-01-20T16:30+08:00，默认现在",
            "when, such as 2024-01-20T16:30+08:00 (default: now)",
        ),
        "issued": Bilingual(
            "已定稿：第{revision}版留存在“{folder}”", "issued: revision {revision} is kept in “{folder}”"
        ),
        "issued already": Bilingual(
            "没有变动：第{revision}版已于{at}由{by}定稿，在“{folder}”",
            "nothing changed: revision {revision} was issued at {at} by {by}, in “{folder}”",
        ),
        "event issued": Bilingual(
            "第{revision}版  {at}  {by}  定稿", "revision {revision}  {at}  {by}  issued"
        ),
        "event corrected": Bilingual(
            "第{revision}版  {at}  {by}  更正", "revision {revision}  {at}  {by}  corrected"
        ),
        "event signed": Bilingual(
            "第{revision}版  {at}  {by}  签章", "revision {revision}  {at}  {by}  signed"
        ),
        "event archived": Bilingual(
            "第{revision}版  {at}  {by}  归档", "revision {revision}  {at}  {by}  archived"
        ),
        "event withdrawn": Bilingual(
            "第{revision}版  {at}  {by}  撤回", "revision {revision}  {at}  {by}  withdrawn"
        ),
        "record holds": Bilingual(
            "记录成立：台账前后相接，留存的文件都在，与台账一致（{name}）",
            "the record holds: the ledger is one chain, and every frozen file is as it was ({name})",
        ),
        "record fails": Bilingual("记录不成立（{name}）", "the record DOES NOT HOLD ({name})"),
        "record cannot-be-told": Bilingual(
            "不能判定记录是否成立（{name}）", "whether the record holds CANNOT BE TOLD ({name})"
        ),
        "REPORTS": Bilingual(
            "报告文件（YAML），可以有多个；- 表示标准输入", "report files (YAML); - is standard input"
        ),
        "KIND": Bilingual("种类的名称或文件夹名", "the kind's name or its folder's"),
        "CODE": Bilingual("发现代码；省略时列出全部", "a finding code; all are listed without it"),
        "copy DIR": Bilingual("复制到这个新文件夹", "the new folder to copy to"),
        "template DIR": Bilingual("种类的文件夹", "the kind's folder"),
        "PATH": Bilingual("生成的文件夹，或一个文件", "a built folder, or one document"),
        "--prove": Bilingual(
            "再用veraPDF、Open XML SDK、LibreOffice等核验",
            "verify with veraPDF, the Open XML SDK and LibreOffice too",
        ),
        "--last": Bilingual(
            "上年度的报告文件，代替报告里写明的", "last year's report, instead of the one the report names"
        ),
        "--compare": Bilingual(
            "其他机关的报告文件，查内容雷同；可以多次",
            "report of another office, to find copied text; may be repeated",
        ),
        "--profile": Bilingual(
            "上级机关的审核要求，代替报告里写明的", "a superior's demands, instead of those the report names"
        ),
        "--strict": Bilingual("有警告时也按有错误处理", "let warnings count as errors do"),
        "--fix": Bilingual(
            "把确定的改法写进报告文件，先显示改动", "put certain remedies into the file, after showing them"
        ),
        "--dry-run": Bilingual("只显示 --fix 会改什么，不写文件", "only show what --fix would change"),
        "nothing to fix": Bilingual(
            "{name}：没有可以代为改正的", "{name}: nothing that can be fixed for you"
        ),
        "would fix": Bilingual(
            "{name}：可以改正{count}处，没有写入", "{name}: {count} would be fixed; not written"
        ),
        "fixed": Bilingual("{name}：已改正{count}处", "{name}: {count} fixed"),
        "--quick": Bilingual("不用其他程序核验", "ask no other program"),
        "--figures": Bilingual(
            "列出正文中的每个数字：按什么核对、表中是多少、是否一致",
            "list every number of the texts, what it was held against and whether it agrees",
        ),
        "figures of": Bilingual("{name}：正文中有{count}个数字", "{name}: {count} numbers in the texts"),
        "figures place": Bilingual("行:列", "place"),
        "figures text": Bilingual("文中", "text"),
        "figures cell": Bilingual("所指的表格数据", "figure of the tables"),
        "figures value": Bilingual("表中为", "value"),
        "figures verdict": Bilingual("核对", "verdict"),
        "verdict agrees": Bilingual("一致", "agrees"),
        "verdict bound": Bilingual("引用表格", "taken from the table"),
        "verdict differs": Bilingual("不一致", "differs"),
        "verdict odd": Bilingual("不一致（公开的可能少于作出的）", "differs (published may be fewer)"),
        "verdict doubtful": Bilingual("与填报的合计一致，但合计有误", "agrees with a total that is wrong"),
        "verdict unknown": Bilingual("表中待填，未核对", "unknown in the table"),
        "verdict past": Bilingual("与上年度报告一致", "agrees with last year's"),
        "verdict part": Bilingual("一部分或另有所指，不核对", "a part, not checked"),
        "verdict free": Bilingual("不在表格中", "not in the tables"),
        "verdict recomputed": Bilingual("重算无误", "recomputed, right"),
        "verdict found": Bilingual("有发现", "see the findings"),
        "verdict year": Bilingual("年份", "a year"),
        "verdict date": Bilingual("日期、时间", "a date or time"),
        "verdict name": Bilingual("编号、序号、名称", "part of a name or number"),
        "verdict share": Bilingual("百分比，没有可算的总数", "percentage without a whole"),
        "verdict points": Bilingual("百分点", "percentage points"),
        "verdict range": Bilingual("区间", "a range"),
        "--report": Bilingual(
            "把核验报告写成这个文件（.html或.json）；信息包的还可以写成.docx、.pdf，或者写进一个文件夹",
            "write the report of the verification (.html, .json; of a package also .docx, .pdf or a folder)",
        ),
        "--to": Bilingual("只生成这些格式：docx,pdf,html", "make only these formats: docx,pdf,html"),
        "-o": Bilingual("输出文件夹，默认out", "output folder (default: out)"),
        "--force": Bilingual(
            "已改动的文件先换名保留，再写新的", "keep altered files under new names and go on"
        ),
        "--fonts": Bilingual(
            "自备字体的文件夹（REPORTGEN_FONTS）", "folder of your own fonts (REPORTGEN_FONTS)"
        ),
        "--kinds": Bilingual(
            "自备种类的文件夹（REPORTGEN_KINDS）", "folder of your own kinds (REPORTGEN_KINDS)"
        ),
        "--format": Bilingual("发现的输出格式：text或json", "how findings are printed: text or json"),
        "--lang": Bilingual("界面语言：zh或en", "language of the interface: zh or en"),
        "-q": Bilingual("只输出结果和错误", "print only results and errors"),
        "-v": Bilingual("输出更多说明", "print more words"),
        "--version": Bilingual("显示版本", "show the version"),
        "step read": Bilingual("核对报告", "checking the report"),
        "step make": Bilingual("生成Word、PDF和网页", "making Word file, PDF and web page"),
        "step verify": Bilingual("核验", "verifying"),
        "fonts": Bilingual(
            "首次使用，正在准备字体（只做一次）……", "First use: fonts are being prepared, once only ..."
        ),
        "waiting": Bilingual(
            "另一个任务正在写同一份报告，等它完成……",
            "Another build of this report is being written; waiting for it.",
        ),
        "sound": Bilingual("{name}：没有发现问题", "{name}: nothing found"),
        "preview-kept": Bilingual(
            "有错误，预览保持原样；改好保存后继续",
            "There are errors; the preview stays as it was until they are mended.",
        ),
        "kept": Bilingual("改动过的“{old}”已保留为“{new}”", "the altered “{old}” was kept as “{new}”"),
        "rejected": Bilingual(
            "核验没有通过，没有交付任何文件；供查看的一套在“{folder}”",
            "Verification failed and nothing was released; the set lies in “{folder}” to be looked at.",
        ),
        "interrupted": Bilingual("已中断；没有写了一半的文件。", "Interrupted; no file is half written."),
        "severity error": Bilingual("错误", "error"),
        "severity warning": Bilingual("警告", "warning"),
        "severity hint": Bilingual("提示", "hint"),
        "--markdown": Bilingual("全部代码输出为一页Markdown", "print all codes as a page in Markdown"),
        "codes": Bilingual("发现代码", "Finding codes"),
        "codes intro": Bilingual(
            "核对、生成和核验时的每一条发现都有一个代码。`reportgen explain 代码` 显示同样的内容。"
            "本页由 `reportgen explain --markdown` 生成。",
            "Every finding has a code. `reportgen explain CODE` says the same. "
            "This page is made by `reportgen explain --markdown`.",
        ),
        "example": Bilingual("例：", "For example (in Chinese):"),
        "codes of the program": Bilingual("各种报告通用", "For all kinds of report"),
        "state ok": Bilingual("有", "ok"),
        "state warning": Bilingual("注意", "note"),
        "state missing": Bilingual("缺", "MISSING"),
        "wanted": Bilingual("应为{wanted}", "wanted: {wanted}"),
        "fit": Bilingual("可以使用。", "This machine is fit."),
        "unfit": Bilingual(
            "还缺{number}项，装好后再运行一次。", "{number} missing; install them and run again."
        ),
        "verdict holds": Bilingual("通过", "holds"),
        "verdict fails": Bilingual("不通过", "FAILS"),
        "verdict cannot-be-told": Bilingual("不能判定", "CANNOT BE TOLD"),
        "verdict not-made": Bilingual("未做", "not made"),
        "verdict not-applicable": Bilingual("不适用", "not applicable"),
        "count not-applicable": Bilingual("{count}项不适用", "{count} not applicable"),
        "not altered": Bilingual(
            "没有发现改动，但是否真实不能判定：信息包没有电子签名（{counts}）",
            "nothing altered was found, but whose it is CANNOT BE TOLD: the package is not signed ({counts})",
        ),
        "count holds": Bilingual("{count}项通过", "{count} hold"),
        "count fails": Bilingual("{count}项不通过", "{count} fail"),
        "count cannot-be-told": Bilingual("{count}项不能判定", "{count} cannot be told"),
        "count not-made": Bilingual("{count}项未做", "{count} not made"),
        "verified": Bilingual("核验通过：{counts}", "verified: {counts}"),
        "not verified": Bilingual("核验没有通过：{counts}", "not verified: {counts}"),
        "asked nobody": Bilingual(
            "（快速核验：没有请其他程序，没有逐行比较）",
            " (quick: no other program was asked, lines were not compared)",
        ),
        "comma": Bilingual("，", ", "),
        "colon": Bilingual("：", ": "),
        "expected": Bilingual("应为{value}", "wanted: {value}"),
        "part package": Bilingual("逐项查验信息包", "checking the package item by item"),
        "part rebuild": Bilingual("用包里的数据重新生成", "making the documents again"),
        "part documents": Bilingual("查验文件格式", "checking the formats of the documents"),
        "--record": Bilingual(
            "信息包再与这份报告的记录对照", "hold a package against the record of this report too"
        ),
        "four properties": Bilingual("四性检测报告已写在“{path}”", "the report of the check is in “{path}”"),
        "--trust": Bilingual(
            "信任的根证书（PEM或DER），可以写多个",
            "a root certificate to trust (PEM or DER); may be repeated",
        ),
        "--require-signature": Bilingual(
            "没有电子签名的信息包也算不通过", "a package without a signature fails too"
        ),
        "part opening": Bilingual("读取文件", "reading the documents"),
        "part conformance": Bilingual("核验存档格式", "verifying the archive format"),
        "part validators": Bilingual("请其他程序校验", "asking the validators"),
        "part twins": Bilingual("比较各文件的文字", "comparing the words"),
        "part layout": Bilingual("测量版式", "measuring the layout"),
        "part setting": Bilingual("比较行和页", "comparing lines and pages"),
        "verification report": Bilingual("核验报告", "Verification report"),
        "checks": Bilingual("核验项目", "Checks of finished documents"),
        "check": Bilingual("核验项目", "check"),
        "verdict": Bilingual("结论", "verdict"),
        "tool": Bilingual("所用程序", "made by"),
        "looked at": Bilingual("核验内容", "looked at"),
        "item": Bilingual("项目", "item"),
        "found": Bilingual("实测", "found"),
        "expected value": Bilingual("应为", "wanted"),
        "clause": Bilingual("条款", "clause"),
        "place": Bilingual("位置：", "place: "),
        "origin": Bilingual("出自：", "from: "),
        "rests on": Bilingual("依据：", "source: "),
        "subject": Bilingual("核验对象", "subject"),
        "engine": Bilingual("核验程序", "verified by"),
        "no findings": Bilingual("没有发现问题。", "Nothing found."),
        "remedy": Bilingual("建议：", "hint: "),
        "source": Bilingual("依据：", "source: "),
        "version": Bilingual("版本", "version"),
    }
)
