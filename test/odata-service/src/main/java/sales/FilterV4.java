package sales;

import java.math.BigDecimal;
import java.util.Calendar;
import java.util.List;
import org.apache.olingo.commons.api.data.Entity;
import org.apache.olingo.commons.api.edm.EdmEnumType;
import org.apache.olingo.commons.api.edm.EdmPrimitiveType;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeException;
import org.apache.olingo.commons.api.edm.EdmType;
import org.apache.olingo.server.api.ODataApplicationException;
import org.apache.olingo.server.api.uri.UriResourcePrimitiveProperty;
import org.apache.olingo.server.api.uri.queryoption.expression.BinaryOperatorKind;
import org.apache.olingo.server.api.uri.queryoption.expression.Expression;
import org.apache.olingo.server.api.uri.queryoption.expression.ExpressionVisitor;
import org.apache.olingo.server.api.uri.queryoption.expression.Literal;
import org.apache.olingo.server.api.uri.queryoption.expression.Member;
import org.apache.olingo.server.api.uri.queryoption.expression.MethodKind;
import org.apache.olingo.server.api.uri.queryoption.expression.UnaryOperatorKind;

/** The value of $filter for one entity: comparisons, and, or, not, contains, startswith, endswith. */
final class FilterV4 implements ExpressionVisitor<Object> {
  private final Entity entity;

  FilterV4(Entity entity) {
    this.entity = entity;
  }

  @Override
  public Object visitBinaryOperator(BinaryOperatorKind operator, Object left, Object right) throws ODataApplicationException {
    return switch (operator) {
      case AND -> Boolean.TRUE.equals(left) && Boolean.TRUE.equals(right);
      case OR -> Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right);
      case EQ -> left == null || right == null ? left == right : compare(left, right) == 0;
      case NE -> left == null || right == null ? left != right : compare(left, right) != 0;
      case LT -> left != null && right != null && compare(left, right) < 0;
      case LE -> left != null && right != null && compare(left, right) <= 0;
      case GT -> left != null && right != null && compare(left, right) > 0;
      case GE -> left != null && right != null && compare(left, right) >= 0;
      default -> throw unknown();
    };
  }

  static int compare(Object left, Object right) {
    if (left instanceof Number && right instanceof Number) {
      return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString()));
    }
    return comparable(left).compareTo(comparable(right));
  }

  @SuppressWarnings("unchecked")
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) (value instanceof Calendar calendar ? (Object) calendar.toInstant() : value instanceof java.util.Date date ? (Object) date.getTime() : value);
  }

  @Override
  public Object visitBinaryOperator(BinaryOperatorKind operator, Object left, List<Object> right) throws ODataApplicationException {
    throw unknown();
  }

  @Override
  public Object visitUnaryOperator(UnaryOperatorKind operator, Object operand) throws ODataApplicationException {
    if (operator == UnaryOperatorKind.NOT) return !Boolean.TRUE.equals(operand);
    throw unknown();
  }

  @Override
  public Object visitMethodCall(MethodKind method, List<Object> parameters) throws ODataApplicationException {
    if (parameters.contains(null)) return false;
    return switch (method) {
      case CONTAINS -> ((String) parameters.get(0)).contains((String) parameters.get(1));
      case ENDSWITH -> ((String) parameters.get(0)).endsWith((String) parameters.get(1));
      case STARTSWITH -> ((String) parameters.get(0)).startsWith((String) parameters.get(1));
      default -> throw unknown();
    };
  }

  @Override
  public Object visitLiteral(Literal literal) throws ODataApplicationException {
    if (literal.getType() == null) return null;
    EdmPrimitiveType type = (EdmPrimitiveType) literal.getType();
    try {
      return type.valueOfString(type.fromUriLiteral(literal.getText()), null, null, null, null, null, type.getDefaultType());
    } catch (EdmPrimitiveTypeException error) {
      throw unknown();
    }
  }

  @Override
  public Object visitMember(Member member) throws ODataApplicationException {
    if (member.getResourcePath().getUriResourceParts().get(0) instanceof UriResourcePrimitiveProperty property) {
      return StoreV4.value(entity, property.getProperty().getName());
    }
    throw unknown();
  }

  @Override
  public Object visitLambdaExpression(String function, String variable, Expression expression) throws ODataApplicationException {
    throw unknown();
  }

  @Override
  public Object visitAlias(String name) throws ODataApplicationException {
    throw unknown();
  }

  @Override
  public Object visitTypeLiteral(EdmType type) throws ODataApplicationException {
    throw unknown();
  }

  @Override
  public Object visitLambdaReference(String name) throws ODataApplicationException {
    throw unknown();
  }

  @Override
  public Object visitEnum(EdmEnumType type, List<String> values) throws ODataApplicationException {
    throw unknown();
  }

  private static ODataApplicationException unknown() {
    return StoreV4.refused(501, "SLS/501", "This filter is not known here");
  }
}
