using Hilum.Expressions;

namespace Hilum.Guidance;

/// <content>Conditions.</content>
internal sealed partial class CompiledContent
{
    private TruthNode? TruthOrNull(TruthNode? v) => Has(v) ? Truth(v) : null;

    private TruthNode Truth(TruthNode? v)
    {
        var tag = Byte(v switch
        {
            TruthConstant => 0,
            IsTrue => 1,
            CodeIn => 2,
            Compare => 3,
            Contains => 4,
            IncludedIn => 5,
            Exists => 6,
            Not => 7,
            And => 8,
            Or => 9,
            Xor => 10,
            Implies => 11,
            IfTruth => 12,
            Named => 13,
            TruthUnknown => 14,
            _ => null,
        });
        switch (tag)
        {
            case 0: return new TruthConstant(Bool((v as TruthConstant)?.Value));
            case 1: return new IsTrue(Int((v as IsTrue)?.Fact));
            case 2: var codeIn = v as CodeIn; return new CodeIn(Code(codeIn?.Operand), Mask(codeIn?.Mask));
            case 3: var compare = v as Compare; return new Compare(Number(compare?.Left), (Comparison)Byte((byte?)compare?.Operator), Number(compare?.Right), Decimal(compare?.ToFirst));
            case 4: var contains = v as Contains; return new Contains(Int(contains?.Fact), Int(contains?.Bit));
            case 5: var included = v as IncludedIn; return new IncludedIn(Int(included?.Fact), Mask(included?.Mask));
            case 6: return new Exists(Int((v as Exists)?.Fact));
            case 7: return new Not(Truth((v as Not)?.Operand));
            case 8: var and = v as And; return new And(Truth(and?.Left), Truth(and?.Right));
            case 9: var or = v as Or; return new Or(Truth(or?.Left), Truth(or?.Right));
            case 10: var xor = v as Xor; return new Xor(Truth(xor?.Left), Truth(xor?.Right));
            case 11: var implies = v as Implies; return new Implies(Truth(implies?.Left), Truth(implies?.Right));
            case 12: var choice = v as IfTruth; return new IfTruth(Truth(choice?.When), Truth(choice?.Then), Truth(choice?.Else));
            case 13: var named = v as Named; return new Named(Text(named?.Name), Truth(named?.Body));
            case 14: return new TruthUnknown();
            default: throw Damaged();
        }
    }

    private CodeNode Code(CodeNode? v)
    {
        switch (Byte(v switch { FactCode => 0, CodeConstant => 1, IfCode => 2, _ => null }))
        {
            case 0: return new FactCode(Int((v as FactCode)?.Fact));
            case 1: return new CodeConstant(Mask((v as CodeConstant)?.Mask));
            case 2: var choice = v as IfCode; return new IfCode(Truth(choice?.When), Code(choice?.Then), Code(choice?.Else));
            default: throw Damaged();
        }
    }

    private NumberNode Number(NumberNode? v)
    {
        var tag = Byte(v switch
        {
            FactNumber => 0,
            NumberConstant => 1,
            CountOf => 2,
            Sum => 3,
            Product => 4,
            Scaled => 5,
            Between => 6,
            Shifted => 7,
            IfNumber => 8,
            NumberUnknown => 9,
            _ => null,
        });
        switch (tag)
        {
            case 0: var fact = v as FactNumber; return new FactNumber(Int(fact?.Fact), Byte(fact?.OnlySystem));
            case 1: var constant = v as NumberConstant; return new NumberConstant(Decimal(constant?.First), Decimal(constant?.Second));
            case 2: return new CountOf(Int((v as CountOf)?.Fact));
            case 3: var sum = v as Sum; return new Sum(Number(sum?.Left), Number(sum?.Right), Bool(sum?.Minus), Decimal(sum?.ToFirst));
            case 4: var product = v as Product; return new Product(Number(product?.Left), Number(product?.Right), Bool(product?.Divide));
            case 5: var scaled = v as Scaled; return new Scaled(Number(scaled?.Operand), Decimal(scaled?.Factor));
            case 6: var between = v as Between; return new Between(Number(between?.Start), Number(between?.End), Bool(between?.Years));
            case 7: var shifted = v as Shifted; return new Shifted(Number(shifted?.Date), Int(shifted?.Months), Int(shifted?.Days));
            case 8: var choice = v as IfNumber; return new IfNumber(Truth(choice?.When), Number(choice?.Then), Number(choice?.Else));
            case 9: return new NumberUnknown();
            default: throw Damaged();
        }
    }
}
